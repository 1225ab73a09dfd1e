import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { App } from '../app/types';
import { ErrorBoundary } from './components/ErrorBoundary';
import { AppContext } from './hooks';
import { Shell } from './shell/Shell';

/** Draws the app into `element`. Gives the way to take it down again. */
export function mount(app: App, element: HTMLElement): () => void {
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <AppContext value={app}>
        <ErrorBoundary name="The dashboard">
          <Shell />
        </ErrorBoundary>
      </AppContext>
    </StrictMode>,
  );
  return () => root.unmount();
}
