import { permissionsOf } from './permissions.ts';
import { validKeys, type HubUser } from './hub-state.ts';

/** A text inside quotes of a server's configuration, which reads the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/**
 * Fills a template of resources/hub: every `@NAME@` gets its value, escaped for the quotes that the template puts around it.
 * Throws a RangeError when a value is missing or one is not used: a half-filled configuration must never start.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = template
    .split('\n')
    // comments explain the placeholders by their names
    .map((line) => {
      const comment = line.indexOf('#');
      const code = comment === -1 ? line : line.slice(0, comment);
      const rest = comment === -1 ? '' : line.slice(comment);
      const replaced = code.replaceAll(/@([A-Z_]+)@/gu, (_whole, name: string) => {
        const value = values[name];
        if (value === undefined) throw new RangeError(`the template wants ${name}`);
        used.add(name);
        return quoted(value).slice(1, -1);
      });
      return `${replaced}${rest}`;
    })
    .join('\n');
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new RangeError(`the template does not want ${unused.join(', ')}`);
  return filled;
}

function list(indent: string, subjects: readonly string[]): string {
  return `[\n${subjects.map((subject) => `${indent}  ${quoted(subject)}\n`).join('')}${indent}]`;
}

function userBlock(user: HubUser, publicKey: string): string {
  const { publish, subscribe, mayRespond } = permissionsOf(user.name, user.role, user.holdsChannels);
  // a member that answers requests answers each once, soon
  const responses = mayRespond ? '      allow_responses: { max: 1, expires: "30s" }\n' : '';
  return `  { # ${user.name}: ${user.role}${user.role === 'agent' && user.holdsChannels ? ', holds channels' : ''}
    nkey: ${quoted(publicKey)}
    permissions: {
      publish: { allow: ${list('      ', publish)} }
      subscribe: { allow: ${list('      ', subscribe)} }
${responses}    }
  }
`;
}

/**
 * The file `users.conf`, which the server's configuration includes in the team's account: the administrator, who alone may make and
 * change streams, and every valid key of every user with what its role may do.
 */
export function renderUsers(adminKey: string, users: readonly HubUser[]): string {
  const blocks = users.flatMap((user) => validKeys(user).map((key) => userBlock(user, key.publicKey)));
  return `# Written by \`npm run hub\`: changes made here are lost. A server reads it when it starts and when it is told to reload.
users: [
  { nkey: ${quoted(adminKey)} } # the administrator of the streams: never on a workstation
${blocks.join('')}]
`;
}
