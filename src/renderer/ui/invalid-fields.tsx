import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useId, useMemo, useState } from 'react';

type Report = (id: string, isInvalid: boolean) => void;

const Reports = createContext<Report>(() => undefined);

/** Fields of a form whose text is no value: what keeps the form from being saved with a value that nobody sees. */
export interface InvalidFields {
  readonly hasInvalid: boolean;
  readonly report: Report;
}

/** For the form: knows whether any field below its `InvalidFieldsScope` holds text that can not be taken. */
export function useInvalidFields(): InvalidFields {
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(() => new Set());
  const report = useCallback((id: string, isInvalid: boolean) => {
    setInvalid((before) => {
      if (before.has(id) === isInvalid) return before;
      const next = new Set(before);
      if (isInvalid) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  return useMemo(() => ({ hasInvalid: invalid.size > 0, report }), [invalid, report]);
}

export function InvalidFieldsScope({ fields, children }: { readonly fields: InvalidFields; readonly children: ReactNode }): ReactNode {
  return <Reports value={fields.report}>{children}</Reports>;
}

/** For a field: tells the form around it, if any, while what is typed can not be taken. */
export function useReportInvalid(isInvalid: boolean): void {
  const report = useContext(Reports);
  const id = useId();
  useEffect(() => {
    report(id, isInvalid);
    return () => report(id, false);
  }, [report, id, isInvalid]);
}
