import { useState } from 'react';
import { graphql, useLazyLoadQuery, useMutation, usePaginationFragment, useRefetchableFragment } from 'react-relay';
import type { ProjectsAddNoteMutation } from './__generated__/ProjectsAddNoteMutation.graphql';
import type { ProjectsList_query$key } from './__generated__/ProjectsList_query.graphql';
import type { ProjectsNextPageQuery } from './__generated__/ProjectsNextPageQuery.graphql';
import type { ProjectsQuery } from './__generated__/ProjectsQuery.graphql';
import type { ProjectsRefreshQuery } from './__generated__/ProjectsRefreshQuery.graphql';
import type { ProjectsRow_project$key } from './__generated__/ProjectsRow_project.graphql';

/** Projects lists projects, as far as somebody has paged. */
export function Projects() {
  const data = useLazyLoadQuery<ProjectsQuery>(
    graphql`
      query ProjectsQuery {
        ...ProjectsList_query
      }
    `,
    {},
  );
  return <List of={data} />;
}

function List({ of }: { of: ProjectsList_query$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<ProjectsNextPageQuery, ProjectsList_query$key>(
    graphql`
      fragment ProjectsList_query on Query
      @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" })
      @refetchable(queryName: "ProjectsNextPageQuery") {
        projects(first: $first, after: $after) @connection(key: "ProjectsList_projects") {
          edges {
            node {
              nodeId
              ...ProjectsRow_project
            }
          }
        }
      }
    `,
    of,
  );
  return (
    <>
      <ul>
        {data.projects?.edges?.map((edge) => edge?.node && <Row key={edge.node.nodeId} of={edge.node} />)}
      </ul>
      {hasNext && (
        <button disabled={isLoadingNext} onClick={() => loadNext(5)}>
          Show more
        </button>
      )}
    </>
  );
}

function Row({ of }: { of: ProjectsRow_project$key }) {
  // Refetched by itself: the query is `node(nodeId:)`, which Relay writes.
  const [project, refetch] = useRefetchableFragment<ProjectsRefreshQuery, ProjectsRow_project$key>(
    graphql`
      fragment ProjectsRow_project on Project
      @argumentDefinitions(withNotes: { type: "Boolean", defaultValue: false })
      @refetchable(queryName: "ProjectsRefreshQuery") {
        id
        number
        client {
          name
        }
        notes @include(if: $withNotes) {
          nodeId
          body
        }
      }
    `,
    of,
  );
  const [addNote, busy] = useMutation<ProjectsAddNoteMutation>(graphql`
    mutation ProjectsAddNoteMutation($projectId: ID!, $body: String!) {
      createNote(input: { notableType: PROJECT, notableId: $projectId, body: $body }) {
        note {
          nodeId
        }
        userErrors {
          message
        }
      }
    }
  `);
  const [mistake, setMistake] = useState<string>();
  const read = () => refetch({ withNotes: true }, { fetchPolicy: 'network-only' });

  function add(form: FormData) {
    addNote({
      variables: { projectId: project.id, body: String(form.get('body')) },
      onCompleted({ createNote }, errors) {
        setMistake(createNote?.userErrors[0]?.message ?? errors?.[0]?.message);
        if (createNote?.note) read();
      },
    });
  }

  return (
    <li aria-label={project.number ?? undefined}>
      {project.number} {project.client?.name} {!project.notes && <button onClick={read}>Notes</button>}
      {project.notes && (
        <>
          <ul>
            {project.notes.map((note) => (
              <li key={note.nodeId}>{note.body}</li>
            ))}
          </ul>
          <form action={add}>
            <input name="body" aria-label="New note" aria-invalid={mistake !== undefined} />
            <button disabled={busy}>Add</button>
            {mistake && <p role="alert">{mistake}</p>}
          </form>
        </>
      )}
    </li>
  );
}
