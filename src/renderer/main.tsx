import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import { App } from './app.tsx';
import { connect } from './bridge/client.ts';
import { giveBackAtRest } from './frame/give-back-at-rest.ts';
import { startI18n } from './i18n/i18n.ts';
import { listenForFrameKeys } from './shortcuts/frame-keys.ts';
import { listenForKeys } from './shortcuts/registry.ts';
import { showAppearance } from './state/appearance.ts';
import { returnAfterReading } from './state/read-anew.ts';
import { useSession } from './state/session.ts';

returnAfterReading();
const session = useSession.getState();
connect();
listenForKeys(window);
listenForFrameKeys(window);
showAppearance(session);
giveBackAtRest(window);
useSession.subscribe(showAppearance);
await startI18n(session.locale);

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
