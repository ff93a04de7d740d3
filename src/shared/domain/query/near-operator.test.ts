import { expect, test } from 'vitest';
import { nearOperator } from './near-operator.ts';

test.each([
  ['statsu:open', 'status', 'status:open'],
  ['form:ana refund', 'from', 'from:ana refund'],
  ['refund -lable:kyc', 'label', 'refund -label:kyc'],
  ['Wating>4h', 'waiting', 'waiting>4h'],
  ['labels：kyc', 'label', 'label：kyc'],
])('%s is meant as %s', (typed, meant, corrected) => {
  expect(nearOperator(typed)).toMatchObject({ meant, corrected });
});

test.each(['status:open', 'owner:me', 'in:email', 'http://form', 'error:500', 'see form: here', 'to:me', 'platform:x', '"statsu"', ''])(
  '%s is left as it is',
  (typed) => {
    expect(nearOperator(typed)).toBeNull();
  },
);
