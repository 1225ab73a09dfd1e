import { Component, type ReactNode } from 'react';
import type { App } from '../../app/types';
import { AppContext } from '../hooks';
import { Button } from './Button';
import styles from './empty-state.module.css';

export interface ErrorBoundaryProps {
  /** What it guards, for the message: "The map". */
  readonly name: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | undefined;
}

/** Keeps a fault in one part of the page there: says so, offers a retry and the export of one's data. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  static override contextType = AppContext;
  declare context: App | undefined;
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  private readonly exportData = async (): Promise<void> => {
    const app = this.context;
    if (app === undefined) return;
    const backup = await app.engine.exportBackup();
    if (backup.ok) app.commands.save('cloud-anomaly-backup.json', backup.value);
    else app.commands.notify({ kind: 'error', title: 'The export failed', detail: backup.error.message });
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className={styles.empty} role="alert">
        <p className={styles.title}>{this.props.name} could not be shown</p>
        <p className={styles.detail}>{error.message} The rest of the page goes on working.</p>
        <div className={styles.buttons}>
          <Button variant="primary" onClick={() => this.setState({ error: undefined })}>
            Try again
          </Button>
          <Button onClick={() => void this.exportData()}>Export my data</Button>
        </div>
      </div>
    );
  }
}
