import { useMutation, useQuery } from '@apollo/client/react';
import { useState, type SubmitEvent } from 'react';
import { graphql } from './gql';
import { mistakes } from './mistakes';
import { Field, Trouble } from './parts';

const CREATE_INVOICE = graphql(`
  mutation CreateInvoice($input: CreateInvoiceInput!) {
    createInvoice(input: $input) {
      invoice {
        nodeId
      }
      userErrors {
        ...Mistake
      }
    }
  }
`);

// A project shows its client without the number that an invoice is written to: it is looked up among the parties.
const PAYERS = graphql(`
  query Payers($search: String!) {
    parties(first: 20, filter: { search: $search }) {
      nodes {
        nodeId
        id
        name
      }
    }
  }
`);

const today = () => new Date().toLocaleDateString('sv'); // YYYY-MM-DD, where the reader is

/**
 * NewInvoice is a form for an invoice. Nothing is checked here: CCUBE and the gateway say what has to be mended, and each
 * message stands at its field.
 */
export function NewInvoice({ projectId, client, onClose }: { projectId: string; client: string; onClose: () => void }) {
  const [lines, setLines] = useState([0]); // a key for each line
  const payers = useQuery(PAYERS, { variables: { search: client } });
  const [create, { data, error, loading }] = useMutation(CREATE_INVOICE, {
    refetchQueries: ['Project'], // the sums have changed too
    awaitRefetchQueries: true,
  });
  const found = mistakes(data?.createInvoice.userErrors);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const input = {
      projectId,
      clientId: text('clientId'),
      number: text('number'),
      subject: text('subject'),
      issueDate: text('issueDate'),
      dueDate: text('dueDate') || null,
      // Digits go as they are written, never through a binary number.
      lines: lines.map((line, position) => ({
        description: text(`${line}.description`),
        quantity: text(`${line}.quantity`) || null,
        unitPrice: text(`${line}.unitPrice`) || null,
        position: position + 1,
      })),
    };
    const { data } = await create({ variables: { input } }).catch(() => ({ data: undefined })); // shown as `error`
    if (data?.createInvoice.invoice) onClose();
  }

  return (
    <form onSubmit={submit} className="card stack" aria-label="New invoice" noValidate>
      <Trouble of={error ?? payers.error} />
      {found.rest.map((text) => (
        <p role="alert" className="trouble" key={text}>
          {text}
        </p>
      ))}
      <div className="columns">
        <Field label="Number" mistake={found.at('input.number')}>
          <input name="number" placeholder="INV-…" />
        </Field>
        <Field label="Bill to" mistake={found.at('input.clientId')}>
          <select name="clientId">
            {payers.data?.parties?.nodes.map(({ nodeId, id, name }) => (
              <option key={nodeId} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Issued" mistake={found.at('input.issueDate')}>
          <input name="issueDate" type="date" defaultValue={today()} />
        </Field>
        <Field label="Due" mistake={found.at('input.dueDate')}>
          <input name="dueDate" type="date" />
        </Field>
      </div>
      <Field label="Subject" mistake={found.at('input.subject')}>
        <input name="subject" />
      </Field>
      {lines.map((line, i) => (
        <fieldset key={line} className="line">
          <legend>Line {i + 1}</legend>
          <Field label="Description" mistake={found.at(`input.lines.${i}.description`) ?? found.at(`input.lines.${i}`)}>
            <input name={`${line}.description`} />
          </Field>
          <Field label="Quantity" mistake={found.at(`input.lines.${i}.quantity`)}>
            <input name={`${line}.quantity`} inputMode="decimal" />
          </Field>
          <Field label="Unit price" mistake={found.at(`input.lines.${i}.unitPrice`)}>
            <input name={`${line}.unitPrice`} inputMode="decimal" />
          </Field>
        </fieldset>
      ))}
      <div className="actions">
        <button disabled={loading}>{loading ? 'Writing…' : 'Create invoice'}</button>
        <button type="button" className="quiet" onClick={() => setLines([...lines, Math.max(...lines) + 1])}>
          Add a line
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
