/** Progress lines of the project's own scripts: `[area] what happens now`. */

/**
 * @param {string} area the script or step that speaks
 * @returns {{ info: (message: string) => void, warn: (message: string) => void, timed: <T>(label: string, work: () => T | Promise<T>) => Promise<T> }}
 */
export function createLog(area) {
  /** @param {string} message */
  const info = (message) => {
    console.log(`[${area}] ${message}`);
  };
  return {
    info,
    warn: (message) => {
      console.error(`[${area}] ${message}`);
    },
    async timed(label, work) {
      info(`${label} ...`);
      const startedAt = performance.now();
      const result = await work();
      info(`${label}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      return result;
    },
  };
}
