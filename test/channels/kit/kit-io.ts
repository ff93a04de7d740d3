import type { ConnectorIo, Health } from '../../../src/main/engine/channels/connector.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** The engine's side of a connector, for checks that look at the connector alone. */
export function createIo(change: Partial<ConnectorIo> = {}): {
  readonly io: ConnectorIo;
  readonly said: string[];
  readonly health: Health[];
} {
  const said: string[] = [];
  const health: Health[] = [];
  return {
    said,
    health,
    io: {
      clock: { now: () => instant(Date.now()) },
      log: (level, message, fields) => said.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
      onHealth: (each) => {
        health.push(each);
        said.push(JSON.stringify(each));
      },
      ...change,
    },
  };
}
