#!/usr/bin/env bash
# The gateway by curl alone: sign in, ask, page, write, and fetch a table.
#
#   CCUBE_EMAIL=admin@example.com CCUBE_PASSWORD=sandbox-admin ./tour.sh [http://127.0.0.1:8080/graphql]
# shellcheck disable=SC2016 # the $ in queries is GraphQL's
set -euo pipefail

url=${1:-http://127.0.0.1:8080/graphql}
: "${CCUBE_EMAIL:?whom to sign in}" "${CCUBE_PASSWORD:?the password}"

# post sends a request and prints the answer. --fail-with-body has curl fail on a status; errors beside the data keep 200
# unless the request is strict.
post() {
  curl -sS --fail-with-body --max-time 30 "$url" -H 'Content-Type: application/json' -H 'X-CCUBE-Strict: 1' "${@:2}" -d "$1"
}

# text prints the text at the first key of that name: enough for a demonstration, jq is better.
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

echo '# Sign in: what comes back is the Authorization of all that follows.'
answer=$(post '{
  "query": "mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { authorization userErrors { message } } }",
  "variables": {"email": "'"$CCUBE_EMAIL"'", "password": "'"$CCUBE_PASSWORD"'"}
}')
authorization=$(text authorization <<<"$answer")
[[ -n $authorization ]] || { echo "$answer" >&2; exit 1; }
me=(-H "Authorization: $authorization")

echo '# A page, and the one behind it.'
page='query($after: String) { projects(first: 2, after: $after) { nodes { number status client { name } } pageInfo { endCursor hasNextPage } } }'
answer=$(post '{"query": "'"$page"'"}' "${me[@]}")
echo "$answer"
post '{"query": "'"$page"'", "variables": {"after": "'"$(text endCursor <<<"$answer")"'"}}' "${me[@]}"
echo

echo '# What a query costs in calls to CCUBE: extensions.calls.'
post '{"query": "{ project(id: 1099) { number quotes { number } notes { body } } }"}' "${me[@]}" -H 'X-CCUBE-Explain: 1'
echo

echo '# A change that is refused: what to mend stands in userErrors, with the path of the input.'
post '{"query": "mutation { createNote(input: {notableType: PROJECT, notableId: 1099, body: \" \"}) { note { id } userErrors { field message code } } }"}' "${me[@]}"
echo

echo '# A table: the whole list as CSV, ready for a spreadsheet. --compressed unpacks it.'
curl -sS --fail-with-body --compressed --max-time 60 -G "$url" "${me[@]}" -H 'Accept: text/csv' \
  --data-urlencode 'query={ invoices(filter: {overdue: true}, orderBy: {field: BALANCE, direction: DESC}) { nodes { number dueDate balance client { name } } } }' |
  sed -n 1,4p
