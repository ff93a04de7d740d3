import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkHubVersion, HUB_FLOOR } from '../../src/main/engine/team/hub-version.ts';

const script = path.resolve(import.meta.dirname, '../../scripts/nats-server.mjs');

test('what fetches a server and what connects to one agree on which may be used', () => {
  const versions = [
    '2.9.10',
    '2.10.27',
    '2.12.2',
    HUB_FLOOR,
    `${HUB_FLOOR}-rc.1`,
    '2.12.10',
    '2.15.1',
    '2.16.0-beta.1',
    '3.0.0',
    'unknown',
  ];
  // it is no part of any type-checked project of tests: asked in a process of its own
  const ask = `import { isNewEnough, NATS_FLOOR } from ${JSON.stringify(script)};
    console.log(JSON.stringify([NATS_FLOOR, ${JSON.stringify(versions)}.map((version) => isNewEnough(version))]));`;
  const said: unknown = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', ask], { encoding: 'utf8' }));
  expect(said).toEqual([HUB_FLOOR, versions.map((version) => checkHubVersion(version).ok)]);
});
