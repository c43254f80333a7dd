import { Children, cloneElement, useId, type ReactElement, type ReactNode } from 'react';
import { sentences } from './client';

const money = new Intl.NumberFormat('en-CA', { style: 'currency', currency: 'CAD' });
const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'medium', timeZone: 'UTC' });
const instant = new Intl.DateTimeFormat('en-CA', { dateStyle: 'medium', timeStyle: 'short' });

/** Money shows an amount; null is not zero. */
export const Money = ({ of }: { of: number | null | undefined }) => <>{of == null ? '–' : money.format(of)}</>;

/** Day shows a calendar day, which has no time zone. */
export const Day = ({ of }: { of: string | null | undefined }) => <>{of ? day.format(new Date(`${of}T00:00:00Z`)) : '–'}</>;

/** Instant shows a moment in the reader's time zone. */
export const Instant = ({ of }: { of: string | null | undefined }) => <>{of ? instant.format(new Date(of)) : ''}</>;

/** Status shows CCUBE's word for a state. */
export const Status = ({ of }: { of: string | null | undefined }) =>
  of ? (
    <span className="status" data-state={of.toLowerCase()}>
      {of}
    </span>
  ) : null;

/** Trouble tells what could not be read or done. */
export function Trouble({ of }: { of: unknown }) {
  if (!of) return null;
  return (
    <div role="alert" className="trouble">
      {sentences(of).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

interface FieldProps {
  label: string;
  mistake?: string | undefined;
  children: ReactElement<{ id?: string; 'aria-invalid'?: boolean; 'aria-describedby'?: string | undefined }>;
}

/** Field is an input with its label and, where it has to be mended, why. */
export function Field({ label, mistake, children }: FieldProps) {
  const id = useId();
  const input = cloneElement(Children.only(children), {
    id,
    'aria-invalid': mistake !== undefined,
    'aria-describedby': mistake === undefined ? undefined : `${id}-mistake`,
  });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {input}
      {mistake !== undefined && (
        <p id={`${id}-mistake`} role="alert" className="mistake">
          {mistake}
        </p>
      )}
    </div>
  );
}

interface SectionProps {
  title: string;
  /** What there is of it; null where it could not be read, which is not none. */
  list: readonly unknown[] | null | undefined;
  action?: ReactNode;
  form?: ReactNode;
  children: ReactNode;
}

/** Section is a part of a page: a list, and how much there is of it. */
export function Section({ title, list, action, form, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <div className="heading">
        <h2>
          {title} {list && <span className="count">{list.length}</span>}
        </h2>
        {action}
      </div>
      {form}
      {list ? list.length > 0 ? children : <p className="muted">None.</p> : <p className="muted">Cannot be shown.</p>}
    </section>
  );
}
