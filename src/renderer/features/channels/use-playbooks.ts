/** The playbooks that the bot can work by. */
export function usePlaybooks(): readonly string[] {
  return NONE;
}

const NONE: readonly string[] = [];
