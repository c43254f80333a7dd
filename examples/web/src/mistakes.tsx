// What a mutation's caller can mend comes as data: each with the path of the input that it is about.
import { graphql, read, type FragmentType } from './gql';

const MISTAKE = graphql(`
  fragment Mistake on UserError {
    field
    message
    code
  }
`);

/** Mistakes finds a message by its input. */
export interface Mistakes {
  /** at returns the message at a path such as `input.lines.0.unitPrice`. */
  at(path: string): string | undefined;
  /** rest is what is about no input in particular. */
  rest: string[];
}

/** mistakes sorts userErrors by the inputs that they are about. */
export function mistakes(errors: readonly FragmentType<typeof MISTAKE>[] | undefined): Mistakes {
  const found = read(MISTAKE, errors ?? []);
  return {
    at: (path) => found.find(({ field }) => field?.join('.') === path)?.message,
    rest: found.filter(({ field }) => !field?.length).map(({ message }) => message),
  };
}
