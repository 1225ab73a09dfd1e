import { Copy, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Alert } from '../../domain/alerts';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { EmptyState } from '../components/EmptyState';
import { formatIso } from '../format';
import { useApp } from '../hooks';
import styles from './panels.module.css';

type Report =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string };

/** An alert's incident report as Markdown: to read, to copy, to download. */
export function ReportDialog({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }) {
  const { engine, commands } = useApp();
  const [report, setReport] = useState<Report>({ kind: 'loading' });
  const [copied, setCopied] = useState('');
  useEffect(() => {
    let current = true;
    const show = (next: Report): void => {
      if (current) setReport(next);
    };
    engine.incidentReport(alert.id).then(
      (result) =>
        show(result.ok ? { kind: 'ready', text: result.value } : { kind: 'failed', message: result.error.message }),
      (cause: unknown) => show({ kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) }),
    );
    return () => {
      current = false;
    };
  }, [engine, alert.id]);

  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('Copied.');
    } catch (cause) {
      console.warn('the clipboard refused', cause);
      setCopied('The browser refused. Select the text and copy it yourself.');
    }
  };
  const name = `incident-${alert.deviceName.replaceAll(/[^\w-]+/g, '-')}-${formatIso(alert.openedAt).slice(0, 19).replaceAll(':', '')}.md`;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Incident report"
      description={`${alert.deviceName}, as Markdown`}
      footer={
        report.kind === 'ready' ? (
          <>
            <span className={styles.copied} role="status">
              {copied}
            </span>
            <Button icon={<Copy aria-hidden="true" />} onClick={() => void copy(report.text)}>
              Copy
            </Button>
            <Button
              variant="primary"
              icon={<Download aria-hidden="true" />}
              onClick={() => commands.save(name, report.text)}
            >
              Download
            </Button>
          </>
        ) : undefined
      }
    >
      {report.kind === 'loading' ? <EmptyState kind="loading" title="Writing the report" /> : null}
      {report.kind === 'failed' ? (
        <EmptyState
          kind="failed"
          title="The report could not be written"
          detail={report.message}
          action={{ label: 'Close', onClick: onClose }}
        />
      ) : null}
      {report.kind === 'ready' ? <pre className={styles.report}>{report.text}</pre> : null}
    </Dialog>
  );
}
