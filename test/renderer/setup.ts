// Only where there is a page: most tests have none, and loading the library takes longer than many of them.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/dom');
  // Waiting ends when the thing is there, so a busy machine may take its time.
  configure({ asyncUtilTimeout: 10_000 });
}

export {};
