// What the gateway tells the page: package ide writes it into the page's root element.

/** Somebody whom the sandbox knows. */
export interface Account {
  email: string;
  password: string;
  about: string;
}

export interface Config {
  /** The tenants served. */
  tenants: string[];
  /** Who can sign in, where all data is made up; empty at a real tenant. */
  accounts: Account[];
  /** The day that the data has, where it is not today's. */
  today?: string;
  /** Whether mutations have been left out of the schema. */
  readOnly: boolean;
  /** The scripts of the editors' workers, by label. */
  workers: Record<string, string>;
  /** The file with the licences of all that is in here. */
  licences: string;
}

export const root = document.getElementById('ide')!;

export const config = JSON.parse(root.dataset.config!) as Config;

/** Where operations go: beside the page, so that a proxy may put both below a path. */
export const endpoint = new URL('graphql', document.baseURI).href;
