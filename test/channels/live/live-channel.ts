import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';

/** How one channel is tried against its real service. Credentials come from the environment and are shown nowhere. */
export interface LiveChannel {
  readonly name: string;
  /** Variables it needs, with what they are; `optional` ones may be left out. */
  readonly variables: readonly { readonly name: string; readonly what: string; readonly isOptional?: boolean }[];
  /** Says whose credentials they are. Throws an error that a person can read. */
  check(environment: Readonly<Record<string, string | undefined>>): Promise<string>;
  connector(environment: Readonly<Record<string, string | undefined>>, io: ConnectorIo): ChannelConnector;
  /** What reading changes at the service; told before it is done. */
  readonly reading: string;
}
