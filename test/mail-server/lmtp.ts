import { connect } from 'node:net';

/**
 * Delivers one mail by LMTP (RFC 2033), the way a mail server hands it to a mailbox server.
 * Throws with the server's words when a recipient is refused.
 */
export async function deliverByLmtp(port: number, from: string, recipients: readonly string[], raw: Uint8Array): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.setNoDelay(true);
  let received = '';
  let wake = (): void => {};
  let failure: Error | null = null;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('utf8');
    wake();
  });
  socket.on('error', (error) => {
    failure = error;
    wake();
  });
  socket.on('close', () => {
    failure ??= new Error('LMTP: the server closed the connection');
    wake();
  });
  const reply = async (): Promise<string> => {
    for (;;) {
      const last = /^(?:\d{3}-.*\r\n)*(\d{3}) .*\r\n/u.exec(received);
      if (last !== null) {
        received = received.slice(last[0].length);
        if (!/^[23]/u.test(last[1] ?? '')) throw new Error(`LMTP: ${last[0].trim()}`);
        return last[0];
      }
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  try {
    await reply();
    // PIPELINING is on offer, and one round trip is quicker than four
    const commands = ['LHLO rig', `MAIL FROM:<${from}>`, ...recipients.map((address) => `RCPT TO:<${address}>`), 'DATA'];
    socket.write(`${commands.join('\r\n')}\r\n`);
    for (const _command of commands) await reply();
    socket.write(stuffed(raw));
    for (const _recipient of recipients) await reply();
    socket.end('QUIT\r\n');
  } finally {
    socket.destroy();
  }
}

/** The message as it goes over the wire: CRLF line ends, leading dots doubled, the final dot. */
function stuffed(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw).toString('latin1').replaceAll(/\r?\n/gu, '\r\n').replaceAll(/^\./gmu, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}
