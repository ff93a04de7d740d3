/** The script that a page loads. */
export function bundleWidget(): Promise<string>;
