/** The Electron version that package.json pins; the running one differs on the fallback runtime. Filled in by the build. */
declare const __PINNED_ELECTRON__: string;
