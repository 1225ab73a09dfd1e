import { Info, TriangleAlert } from 'lucide-react';
import { Button } from '../components/Button';
import { cx } from '../components/cx';
import { useApp, useAppState } from '../hooks';
import styles from './shell.module.css';
import { type Banner, listBanners } from './status';

function BannerAction({ action }: { readonly action: Banner['action'] }) {
  const { commands } = useApp();
  switch (action) {
    case 'reload':
      return <Button onClick={() => location.reload()}>Reload</Button>;
    case 'update':
      return <Button onClick={() => commands.applyUpdate()}>Reload</Button>;
    case 'backup':
      return <Button onClick={() => commands.navigate('data')}>Back up</Button>;
    case undefined:
      return null;
  }
}

/** Lasting news above the page. */
export function Banners() {
  const key = useAppState((state) => JSON.stringify(listBanners(state)));
  const { store } = useApp();
  const banners = key === '[]' ? [] : listBanners(store.getState());
  return (
    <div aria-live="polite">
      {banners.map((banner) => (
        <div key={banner.id} className={cx(styles.banner, styles[banner.tone])}>
          {banner.tone === 'info' ? (
            <Info size={16} aria-hidden="true" />
          ) : (
            <TriangleAlert size={16} aria-hidden="true" />
          )}
          <p className={styles.bannerText}>{banner.text}</p>
          <BannerAction action={banner.action} />
        </div>
      ))}
    </div>
  );
}
