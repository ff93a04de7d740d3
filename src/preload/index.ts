import { contextBridge, ipcRenderer } from 'electron';

/**
 * Hands the page its direct port to the engine and nothing else. The page asks when it listens; after the engine was
 * started again a new port comes unasked.
 */
ipcRenderer.on('engine-port', (event) => {
  const [port] = event.ports;
  if (port !== undefined) window.postMessage({ meridian: 'engine-port' }, window.location.origin, [port]);
});

/** Keys that a mail in a frame has got: the page alone knows whether it heard them itself. */
ipcRenderer.on('frame-key', (_event, key: unknown) => {
  window.postMessage({ meridian: 'frame-key', key }, window.location.origin);
});

contextBridge.exposeInMainWorld('meridian', {
  platform: process.platform,
  requestPort: (): void => {
    ipcRenderer.send('request-port');
  },
});
