import type { Page } from '../../app/types';
import { useAppState, useRunAlerts } from '../hooks';
import { PAGE_REGISTRY } from '../pages/registry';
import { Mark } from './Mark';
import styles from './shell.module.css';

/** The bar at the bottom of a phone has 352 pixels for nine words, each as wide as it needs. */
const SHORT_LABELS: Partial<Record<Page, string>> = {
  map: 'Map',
  logs: 'Logs',
  alerts: 'Alerts',
  scoreboard: 'Scores',
};

/** The pages: a rail at the left, icons only on small windows, a bar at the bottom on phones. */
export function Rail({ compact }: { readonly compact: boolean }) {
  const page = useAppState(({ route }) => (route.unknown === undefined ? route.page : undefined));
  const quarantined = useAppState((state) => state.frame?.quarantined.length ?? 0);
  const alerts = useRunAlerts(200);
  const ongoing = alerts.data?.filter((alert) => alert.state === 'ongoing').length ?? 0;
  const counts: Partial<Record<Page, readonly [number, string]>> = {
    quarantine: [quarantined, 'in quarantine'],
    alerts: [ongoing, 'ongoing'],
  };
  return (
    <nav className={styles.rail} aria-label="Pages">
      <a className={styles.brand} href="#/overview" aria-label="Cloud Anomaly Dashboard">
        <Mark />
        <span className={styles.brandName}>
          Cloud Anomaly
          <br />
          Dashboard
        </span>
      </a>
      <ul className={styles.pages}>
        {PAGE_REGISTRY.map(({ id, label, icon: Icon }) => {
          const [count, what] = counts[id] ?? [0, ''];
          return (
            <li key={id} style={{ display: 'contents' }}>
              <a href={`#/${id}`} className={styles.page} aria-current={id === page ? 'page' : undefined} title={label}>
                <Icon aria-hidden="true" />
                <span className={styles.pageLabel}>{(compact ? SHORT_LABELS[id] : undefined) ?? label}</span>
                {count > 0 ? (
                  <span className={styles.count}>
                    {count}
                    <span className="visually-hidden"> {what}</span>
                  </span>
                ) : null}
              </a>
            </li>
          );
        })}
      </ul>
      <p className={styles.railFoot}>Everything stays in this browser.</p>
    </nav>
  );
}
