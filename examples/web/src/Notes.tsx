import { useMutation } from '@apollo/client/react';
import type { SubmitEvent } from 'react';
import { graphql, read, type FragmentType } from './gql';
import { mistakes } from './mistakes';
import { Field, Instant, Section, Trouble } from './parts';

const NOTES = graphql(`
  fragment ProjectNotes on Project {
    nodeId
    notes {
      nodeId
      ...NoteText
    }
  }
`);

const TEXT = graphql(`
  fragment NoteText on Note {
    nodeId
    body
    createdAt
    createdBy {
      nodeId
      name
    }
  }
`);

const ADD_NOTE = graphql(`
  mutation AddNote($projectId: ID!, $body: String!) {
    createNote(input: { notableType: PROJECT, notableId: $projectId, body: $body }) {
      note {
        nodeId
        ...NoteText
      }
      userErrors {
        ...Mistake
      }
    }
  }
`);

/** Notes are the notes on a project, the newest first, and a form for one more. */
export function Notes({ of, projectId }: { of: FragmentType<typeof NOTES>; projectId: string }) {
  const { nodeId, notes } = read(NOTES, of);
  const [add, { data, error, loading }] = useMutation(ADD_NOTE, {
    // The answer holds the note as it is now, so that nothing has to be read again.
    update(cache, { data }) {
      const note = data?.createNote.note;
      if (!note) return;
      cache.modify({
        id: cache.identify({ __typename: 'Project', nodeId })!,
        fields: {
          notes: (before, { toReference }) => [
            ...(Array.isArray(before) ? (before as unknown[]) : []),
            toReference({ __typename: 'Note', nodeId: note.nodeId }),
          ],
        },
      });
    },
  });

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const body = String(new FormData(form).get('body'));
    const { data } = await add({ variables: { projectId, body } }).catch(() => ({ data: undefined })); // shown as `error`
    if (data?.createNote.note) form.reset();
  }

  return (
    <Section
      title="Notes"
      list={notes}
      form={
        <form onSubmit={submit} className="card stack">
          <Trouble of={error} />
          <Field label="New note" mistake={mistakes(data?.createNote.userErrors).at('input.body')}>
            <textarea name="body" rows={2} />
          </Field>
          <button disabled={loading}>Add note</button>
        </form>
      }
    >
      {notes?.toReversed().map((note) => <Note key={note.nodeId} of={note} />)}
    </Section>
  );
}

function Note({ of }: { of: FragmentType<typeof TEXT> }) {
  const { body, createdAt, createdBy } = read(TEXT, of);
  return (
    <article className="card note">
      <p>{body}</p>
      <p className="muted">
        {createdBy && `${createdBy.name} · `}
        <Instant of={createdAt} />
      </p>
    </article>
  );
}
