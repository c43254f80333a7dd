// Who is signed in. The credential is in this tab's sessionStorage, so that it survives a reload and ends with the tab, and in
// the headers editor, where whoever works here can see and change it. It is in no other place: storage.ts keeps it out of
// what GraphiQL remembers.
import { config, endpoint } from './config';
import { createStore } from './store';

export interface Session {
  email: string;
  /** The whole header's value. */
  authorization: string;
  /** The tenant, where several are served. */
  tenant?: string;
}

const key = 'ccube-graphql:session';

export const session = createStore<Session | null>(restored());

// The credentials that this page has put into headers: what it wrote it may replace, what somebody typed it may not.
const issued = new Set<string>();

function restored(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

function begin(next: Session | null) {
  if (next) sessionStorage.setItem(key, JSON.stringify(next));
  else sessionStorage.removeItem(key);
  session.set(next);
}

const mutation = `mutation SignIn($email: String!, $password: String!) {
  signIn(email: $email, password: $password) {
    authorization
    email
    userErrors { message }
  }
}`;

interface SignInAnswer {
  data?: { signIn?: { authorization?: string; email?: string; userErrors: { message: string }[] } };
  errors?: { message: string }[];
}

/** Signs in, and throws what to tell where that fails. */
export async function signIn(email: string, password: string, tenant?: string): Promise<void> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (tenant) headers['X-CCUBE-Tenant'] = tenant;
  let answer: SignInAnswer;
  try {
    const body = JSON.stringify({ query: mutation, variables: { email, password } });
    const response = await fetch(endpoint, { method: 'POST', headers, body });
    answer = (await response.json()) as SignInAnswer;
  } catch {
    throw new Error('The gateway cannot be reached. Try again in a moment.');
  }
  const result = answer.data?.signIn;
  const complaint = answer.errors?.[0] ?? result?.userErrors[0];
  if (complaint || !result?.authorization) {
    throw new Error(complaint?.message ?? 'The gateway did not answer as it should.');
  }
  begin({ email: result.email ?? email, authorization: result.authorization, tenant });
}

export function signOut() {
  begin(null);
}

/** The headers of whoever is signed in, as the editor shows them. */
export function sessionHeaders(): string {
  const current = session.get();
  return current ? withSession('', current) : '';
}

/** Puts the credential into headers, whatever they hold. What is no JSON stays as it is. */
export function withSession(text: string, current: Session | null): string {
  const headers = parsed(text);
  if (!headers) return text;
  drop(headers, 'Authorization');
  if (config.tenants.length > 1) drop(headers, 'X-CCUBE-Tenant');
  if (current) {
    issued.add(current.authorization);
    headers.Authorization = current.authorization;
    if (current.tenant) headers['X-CCUBE-Tenant'] = current.tenant;
  }
  return Object.keys(headers).length > 0 ? JSON.stringify(headers, null, 2) : '';
}

/** Brings headers up to date that come from elsewhere: a new tab has none, another tab or the history may have old ones. */
export function refreshed(text: string): string {
  const current = session.get();
  if (text.trim() === '') return current ? withSession(text, current) : text;
  const authorization = parsed(text)?.Authorization;
  const stale = typeof authorization === 'string' && authorization !== current?.authorization && issued.has(authorization);
  return stale ? withSession(text, current) : text;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function drop(headers: Record<string, unknown>, name: string) {
  for (const given of Object.keys(headers)) {
    if (given.toLowerCase() === name.toLowerCase()) delete headers[given];
  }
}
