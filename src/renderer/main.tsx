import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect, useConnectionState } from './bridge/client.ts';
import './ui/tokens.css';

function Connection() {
  const state = useConnectionState();
  return <p role="status">{state}</p>;
}

connect();
const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Connection />
    </StrictMode>,
  );
  document.documentElement.dataset['ready'] = 'true';
}
