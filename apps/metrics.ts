import type { IncomingMessage, ServerResponse } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

export type Metrics = {
  /** A call of an activity ended. `counts`: what it says it did, by name. */
  activity(name: string, seconds: number, outcome: 'done' | 'failed', counts: Readonly<Record<string, number>>): void;
  /** A value that is read when somebody scrapes; labels hold names of sources, feeds and states only. */
  observe(name: string, description: string, read: () => Promise<readonly { value: number; labels: Readonly<Record<string, string>> }[]>): void;
  /** Answers a scrape in Prometheus' text format. */
  handle(request: IncomingMessage, response: ServerResponse): void;
};

/** OpenTelemetry's meters of this process, read by Prometheus: https://opentelemetry.io/docs/specs/otel/metrics/ */
export function createMetrics(): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meter = new MeterProvider({ readers: [exporter] }).getMeter('fhir-assay');
  const durations = meter.createHistogram('assay_activity_duration', {
    unit: 's', description: 'Duration of activities', advice: { explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800] },
  });
  const items = meter.createCounter('assay_items', { description: 'What the stages did: landed, assessed, released, …' });
  return {
    activity(name, seconds, outcome, counts) {
      durations.record(seconds, { activity: name, outcome });
      for (const [what, count] of Object.entries(counts)) if (count > 0) items.add(count, { activity: name, what });
    },
    observe(name, description, read) {
      meter.createObservableGauge(name, { description }).addCallback(async (result) => {
        for (const { value, labels } of await read()) result.observe(value, labels);
      });
    },
    handle: (request, response) => exporter.getMetricsRequestHandler(request, response),
  };
}

/** Measures each activity of a table; what it returns is untouched. */
export function measured<A extends Readonly<Record<string, (...args: never[]) => Promise<unknown>>>>(activities: A, metrics: Metrics): A {
  const wrapped = Object.entries(activities).map(([name, activity]) => [name, async (...args: never[]) => {
    const began = performance.now();
    const end = (outcome: 'done' | 'failed', counts: Record<string, number>) => metrics.activity(name, (performance.now() - began) / 1000, outcome, counts);
    try {
      const result = await activity(...args);
      end('done', typeof result === 'object' && result !== null
        ? Object.fromEntries(Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && !entry[0].endsWith('Ms'))) : {});
      return result;
    } catch (error) {
      end('failed', {});
      throw error;
    }
  }]);
  return Object.fromEntries(wrapped) as A;
}
