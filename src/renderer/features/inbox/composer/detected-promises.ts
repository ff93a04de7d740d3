import { useEffect, useState } from 'react';
import type { Input, Output } from '../../../../shared/contract/contract.ts';
import type { PromiseZone } from '../../../../shared/contract/promise.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { DetectedPromise } from '../../../../shared/domain/promise/detect-promises.ts';
import type { Feasibility } from '../../../../shared/domain/promise/feasibility.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { call } from '../../../bridge/client.ts';
import { marksOf, usePromiseMarks } from './promise-marks.ts';

/** A promise in the text of a reply. */
export interface FoundPromise {
  /** The same as long as its sentence is; a sentence that was changed is asked about again. */
  readonly key: string;
  /** The sentence that promises. */
  readonly text: string;
  readonly promise: DetectedPromise;
  readonly feasibility: Feasibility | null;
}

export interface DetectedPromises {
  readonly zone: PromiseZone;
  readonly found: readonly FoundPromise[];
}

/** How long typing must pause before the text is read for promises. */
const DETECT_AFTER_MS = 400;
const LONGEST_TEXT = 100_000;

function foundIn(text: string, { zone, found }: Output<'promises.detect'>): DetectedPromises {
  return {
    zone,
    found: found.map(({ promise, feasibility }) => {
      const sentence = text.slice(promise.from, promise.to).trim();
      return { key: `${sentence} @${String(promise.timeFrom - promise.from)}`, text: sentence, promise, feasibility };
    }),
  };
}

async function detect(caseId: CaseId, text: string, sendAt?: Instant): Promise<DetectedPromises | null> {
  if (text.trim() === '' || text.length > LONGEST_TEXT) return null;
  const answer = await call('promises.detect', { caseId, text, ...(sendAt === undefined ? {} : { sendAt }) });
  return answer.ok ? foundIn(text, answer.value) : null;
}

/** The promises in a text while it is written, some moments behind the keys; null while there are none. */
export function useDetectedPromises(caseId: CaseId, text: string): DetectedPromises | null {
  const [detected, setDetected] = useState<DetectedPromises | null>(null);
  useEffect(() => {
    let isStale = false;
    const read = async (): Promise<void> => {
      const found = await detect(caseId, text);
      if (!isStale) setDetected(found);
    };
    const timer = setTimeout(() => void read(), DETECT_AFTER_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [caseId, text]);
  return text.trim() === '' ? null : detected;
}

const LONGEST_PROMISE = 500;

/** The confirmed promises of the text as it is sent: read once more, so that nothing goes into the ledger that is not in the text. */
export async function confirmedPromises(
  caseId: CaseId,
  text: string,
  sendAt?: Instant,
): Promise<NonNullable<Input<'cases.reply'>['promises']>> {
  const { confirmed } = marksOf(usePromiseMarks.getState(), caseId);
  if (confirmed.length === 0) return [];
  // "in two hours" counts from when it leaves
  const detected = await detect(caseId, text, sendAt);
  if (detected === null) return [];
  return detected.found
    .filter((each) => confirmed.includes(each.key))
    .map(({ text: words, promise }) => ({
      text: words.slice(0, LONGEST_PROMISE),
      zone: detected.zone.zone,
      dueLocal: promise.dueLocal,
      source: 'detected',
    }));
}
