import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '../../../domain/alerts';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { EmptyState } from '../../components/EmptyState';
import { useApp, useFacts } from '../../hooks';
import styles from './alerts.module.css';

interface ReportDialogProps {
  readonly alert: Alert;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The incident report as Markdown: to read, copy or download. It states only what was measured. */
export function ReportDialog({ alert, open, onClose }: ReportDialogProps) {
  return open ? <OpenReport alert={alert} onClose={onClose} /> : null;
}

function OpenReport({ alert, onClose }: Omit<ReportDialogProps, 'open'>) {
  const { commands } = useApp();
  const [copied, setCopied] = useState(false);
  const report = useFacts(['alerts'], (app) => app.engine.incidentReport(alert.id), [alert.id]);
  const text = report.data?.ok === true ? report.data.value : undefined;
  const why = report.data?.ok === false ? report.data.error.message : report.error;

  const copy = async (): Promise<void> => {
    if (text === undefined) return;
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      commands.notify({
        kind: 'error',
        title: 'Copying is not allowed here',
        detail: `${detail}. Download it instead.`,
      });
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Incident report"
      description="Markdown; states only what was measured"
      wide
      footer={
        <>
          <Button icon={<Copy aria-hidden="true" />} disabled={text === undefined} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button
            variant="primary"
            icon={<Download aria-hidden="true" />}
            disabled={text === undefined}
            onClick={() =>
              commands.save(
                `incident-${alert.deviceName.replace(/[^\w-]+/g, '_')}.md`,
                new Blob([text ?? ''], { type: 'text/markdown' }),
              )
            }
          >
            Download
          </Button>
        </>
      }
    >
      {text !== undefined ? (
        <pre className={styles.report}>{text}</pre>
      ) : why === undefined ? (
        <EmptyState kind="loading" title="Writing the report" />
      ) : (
        <EmptyState
          kind="failed"
          title="The report could not be written"
          detail={why}
          action={{ label: 'Try again', onClick: report.reload }}
        />
      )}
    </Dialog>
  );
}
