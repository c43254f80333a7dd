// The worked examples that tabs come filled with. A test of package ide holds that the sandbox answers each.
import createInvoice from '../examples/create_invoice.graphql';
import createInvoiceVariables from '../examples/create_invoice.vars';
import notesOfTheWeek from '../examples/notes_of_the_week.graphql';
import notesOfTheWeekVariables from '../examples/notes_of_the_week.vars';
import overdueInvoices from '../examples/overdue_invoices.graphql';
import overdueInvoicesVariables from '../examples/overdue_invoices.vars';
import projectPage from '../examples/project_page.graphql';
import projectPageVariables from '../examples/project_page.vars';
import { config } from './config';

export interface Example {
  title: string;
  query: string;
  variables: string;
}

const all: Example[] = [
  { title: 'A project’s whole page', query: projectPage, variables: projectPageVariables },
  { title: 'Overdue invoices by client', query: overdueInvoices, variables: overdueInvoicesVariables },
  { title: 'Notes of the week', query: notesOfTheWeek, variables: notesOfTheWeekVariables },
  { title: 'A create, and its userErrors', query: createInvoice, variables: createInvoiceVariables },
];

export const examples: Example[] = all
  .filter((e) => !config.readOnly || !/^mutation\b/m.test(e.query))
  .map((e) => ({ ...e, query: e.query.trimEnd(), variables: dated(e.variables).trimEnd() }));

/** Puts days in place of {today} and {today-7d}. */
function dated(variables: string): string {
  const today = config.today ? new Date(config.today) : new Date();
  return variables.replace(/\{today(?:-(\d+)d)?\}/g, (_, days?: string) => {
    const day = new Date(today);
    day.setUTCDate(day.getUTCDate() - Number(days ?? 0));
    return day.toISOString().slice(0, 10);
  });
}
