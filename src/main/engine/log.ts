/** What the engine reports about itself. Values never hold secrets or message texts. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Writes one JSON object a line. */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, message, fields) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, message, ...fields }, plainErrors)}\n`);
  };
}

function plainErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack?.split('\n').slice(0, 6) } : value;
}
