import type { Reporter, TestModule } from 'vitest/node';

/** The last line for whoever counts: "tests: 512 passed, 0 failed, 3 skipped"; and why the skipped were. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const lacks = new Set<string>();
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) count.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        count[result.state]++;
        if (result.state === 'skipped' && result.note !== undefined) lacks.add(result.note);
      }
    }
    for (const note of lacks) console.log(`skipped: ${note}`);
    console.log(`tests: ${count.passed} passed, ${count.failed + errors.length} failed, ${count.skipped + count.pending} skipped`);
  }
}
