import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { graphql, read, type FragmentType } from './gql';
import { NewInvoice } from './NewInvoice';
import { Notes } from './Notes';
import { Day, Money, Section, Status, Trouble } from './parts';

// One request for the whole page. The gateway reads quotes, invoices, orders and notes at once.
const PROJECT = graphql(`
  query Project($id: ID!) {
    project(id: $id) {
      nodeId
      id
      number
      client {
        name
      }
      ...Facts
      quotes {
        nodeId
        number
        status
        quotedTotal
      }
      invoices {
        nodeId
        ...Bill
      }
      workOrders {
        nodeId
        number
        createdAt
      }
      purchaseOrders {
        nodeId
        number
        description
        expectedStart
      }
      ...ProjectNotes
    }
  }
`);

const FACTS = graphql(`
  fragment Facts on Project {
    status
    callNotes
    workStart
    workEnd
    client {
      name
      email
      phone
    }
    address {
      street
      city
    }
    stage {
      nodeId
      name
    }
    financials {
      quotedTotal
      invoicedTotal
      paidTotal
      balance
    }
  }
`);

const BILL = graphql(`
  fragment Bill on Invoice {
    number
    subject
    issueDate
    dueDate
    total
    balance
    isOverdue
    lines {
      id
      description
      quantity
      unitPrice
      total
    }
  }
`);

/** Project is all about one project. */
export function Project() {
  const { id = '' } = useParams();
  const [billing, setBilling] = useState(false);
  const { data, error, loading } = useQuery(PROJECT, { variables: { id } });
  const project = data?.project;
  if (!project) return loading ? <p className="muted">Reading…</p> : error ? <Trouble of={error} /> : <p>There is no such project.</p>;

  return (
    <>
      <Trouble of={error} />
      <h1>{project.number}</h1>
      <Facts of={project} />
      <Section title="Quotes" list={project.quotes}>
        <ul className="rows">
          {project.quotes?.map((quote) => (
            <li key={quote.nodeId}>
              <strong>{quote.number}</strong>
              <Status of={quote.status} />
              <span className="amount">
                <Money of={quote.quotedTotal} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title="Invoices"
        list={project.invoices}
        action={!billing && <button onClick={() => setBilling(true)}>New invoice</button>}
        form={billing && <NewInvoice projectId={project.id} client={project.client?.name ?? ''} onClose={() => setBilling(false)} />}
      >
        {project.invoices?.map((invoice) => <Bill key={invoice.nodeId} of={invoice} />)}
      </Section>
      <Section title="Work orders" list={project.workOrders}>
        <ul className="rows">
          {project.workOrders?.map((order) => (
            <li key={order.nodeId}>
              <strong>{order.number}</strong>
              <span className="muted">
                entered <Day of={order.createdAt?.slice(0, 10)} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Purchase orders" list={project.purchaseOrders}>
        <ul className="rows">
          {project.purchaseOrders?.map((order) => (
            <li key={order.nodeId}>
              <strong>{order.number}</strong>
              <span>{order.description}</span>
              <span className="muted">
                <Day of={order.expectedStart} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Notes of={project} projectId={project.id} />
    </>
  );
}

function Facts({ of }: { of: FragmentType<typeof FACTS> }) {
  const { client, address, stage, status, financials, callNotes, workStart, workEnd } = read(FACTS, of);
  return (
    <div className="facts">
      <dl className="card">
        <dt>Client</dt>
        <dd>
          {client?.name ?? '–'}
          {client?.phone && <a href={`tel:${client.phone}`}>{client.phone}</a>}
          {client?.email && <a href={`mailto:${client.email}`}>{client.email}</a>}
        </dd>
        <dt>Address</dt>
        <dd>{address ? [address.street, address.city].filter(Boolean).join(', ') : '–'}</dd>
        <dt>Work</dt>
        <dd>
          <Day of={workStart} /> to <Day of={workEnd} />
        </dd>
        <dt>Stage</dt>
        <dd>
          {stage?.name ?? '–'} <Status of={status} />
        </dd>
        {callNotes && (
          <>
            <dt>Request</dt>
            <dd>{callNotes}</dd>
          </>
        )}
      </dl>
      {financials && (
        <dl className="card sums">
          <dt>Quoted</dt>
          <dd>
            <Money of={financials.quotedTotal} />
          </dd>
          <dt>Invoiced</dt>
          <dd>
            <Money of={financials.invoicedTotal} />
          </dd>
          <dt>Paid</dt>
          <dd>
            <Money of={financials.paidTotal} />
          </dd>
          <dt>Open</dt>
          <dd>
            <strong>
              <Money of={financials.balance} />
            </strong>
          </dd>
        </dl>
      )}
    </div>
  );
}

function Bill({ of }: { of: FragmentType<typeof BILL> }) {
  const invoice = read(BILL, of);
  return (
    <article className="card bill" aria-label={invoice.number ?? 'Invoice'}>
      <div className="heading">
        <strong>{invoice.number}</strong>
        <span className="muted">
          <Day of={invoice.issueDate} />
        </span>
        {invoice.isOverdue && <Status of="Overdue" />}
        <span className="amount">
          <Money of={invoice.total} />
        </span>
      </div>
      {invoice.subject && <p>{invoice.subject}</p>}
      <table>
        <thead>
          <tr>
            <th>Line</th>
            <th className="amount">Quantity</th>
            <th className="amount">Unit price</th>
            <th className="amount">Total</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines?.map((line) => (
            <tr key={line.id}>
              <td>{line.description}</td>
              <td className="amount">{line.quantity ?? '–'}</td>
              <td className="amount">
                <Money of={line.unitPrice} />
              </td>
              <td className="amount">
                <Money of={line.total} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>
              To pay until <Day of={invoice.dueDate} />
            </td>
            <td className="amount">
              <Money of={invoice.balance} />
            </td>
          </tr>
        </tfoot>
      </table>
    </article>
  );
}
