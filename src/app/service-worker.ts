export interface OfflineHooks {
  readonly onOfflineReady: () => void;
  readonly onUpdateReady: () => void;
}

/**
 * Registers the service worker (built site only) once `quiet` resolves: a first registration loads the whole site again to keep it, which
 * would take a core and the line from a page that is starting. Gives `applyUpdate`, which lets a waiting version take over and reloads once it has.
 */
export function registerServiceWorker(quiet: Promise<void>, hooks: OfflineHooks): () => void {
  let waiting: ServiceWorker | undefined;
  const applyUpdate = (): void => {
    if (waiting === undefined) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('skip-waiting');
  };
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return applyUpdate;

  const noticeWaiting = (registration: ServiceWorkerRegistration): void => {
    if (registration.waiting === null || navigator.serviceWorker.controller === null) return;
    waiting = registration.waiting;
    hooks.onUpdateReady();
  };
  quiet
    .then(() => navigator.serviceWorker.register('./sw.js'))
    .then((registration) => {
      noticeWaiting(registration);
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', () => noticeWaiting(registration));
      });
      return navigator.serviceWorker.ready;
    })
    .then(hooks.onOfflineReady)
    .catch((cause: unknown) => console.warn('the app will not work offline:', cause));
  return applyUpdate;
}
