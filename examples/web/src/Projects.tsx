import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { graphql, read, type FragmentType } from './gql';
import { Day, Status, Trouble } from './parts';

const PROJECTS = graphql(`
  query Projects($after: String, $filter: ProjectFilter!, $orderBy: ProjectOrder!) {
    projects(first: 20, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          nodeId
          ...ProjectRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const STAGES = graphql(`
  query Stages {
    stages {
      nodeId
      id
      name
    }
  }
`);

const ROW = graphql(`
  fragment ProjectRow on Project {
    nodeId
    id
    number
    status
    workStart
    client {
      name
    }
    stage {
      nodeId
      name
    }
    workType {
      nodeId
      name
    }
  }
`);

/** Projects lists projects, the newest first, as far as somebody has paged; search and stage stand in the address. */
export function Projects() {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const stage = parameters.get('stage') ?? '';
  const { data: known } = useQuery(STAGES);
  const { data, previousData, error, loading, fetchMore } = useQuery(PROJECTS, {
    variables: {
      filter: { ...(search && { search }), ...(stage && { stageId: [stage] }) },
      orderBy: { field: 'CREATED_AT', direction: 'DESC' },
    },
    notifyOnNetworkStatusChange: true,
  });
  const list = (data ?? previousData)?.projects; // the old rows stay while the new are read

  function narrow(name: string, value: string) {
    setParameters(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  }

  return (
    <>
      <form role="search" className="bar" onSubmit={(event) => event.preventDefault()}>
        <Search value={search} onChange={(value) => narrow('search', value)} />
        <select aria-label="Stage" value={stage} onChange={(event) => narrow('stage', event.target.value)}>
          <option value="">Every stage</option>
          {known?.stages?.map(({ nodeId, id, name }) => (
            <option key={nodeId} value={id}>
              {name}
            </option>
          ))}
        </select>
        <span className="muted" aria-live="polite">
          {list?.totalCount != null && `${list.totalCount} ${list.totalCount === 1 ? 'project' : 'projects'}`}
        </span>
      </form>
      <Trouble of={error} />
      <ul className="rows" aria-busy={loading}>
        {list?.edges.map(({ node }) => (
          <Row key={node.nodeId} of={node} />
        ))}
      </ul>
      {loading && !list && <p className="muted">Reading…</p>}
      {list?.edges.length === 0 && <p className="muted">No project matches.</p>}
      {list?.pageInfo.hasNextPage && (
        <button className="more" disabled={loading} onClick={() => fetchMore({ variables: { after: list.pageInfo.endCursor } })}>
          {loading ? 'Reading…' : 'Show more'}
        </button>
      )}
    </>
  );
}

/** Search tells what is typed once nobody types for a moment: each search costs a request. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      aria-label="Search"
      placeholder="Number, client, notes of the call…"
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function Row({ of }: { of: FragmentType<typeof ROW> }) {
  const project = read(ROW, of);
  return (
    <li>
      <Link to={`/projects/${project.id}`}>
        <strong>{project.number}</strong>
        <span className="client">{project.client?.name}</span>
        <span className="muted">{project.workType?.name}</span>
        <span className="muted">{project.stage?.name}</span>
        <span className="muted">
          <Day of={project.workStart} />
        </span>
        <Status of={project.status} />
      </Link>
    </li>
  );
}
