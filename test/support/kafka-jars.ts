import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../apps/services/temporal-program.ts';

const KAFKA = '4.1.2';

// slf4j-simple: with a no-op logger a broker that fails to start says nothing.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fhir-assay</groupId><artifactId>test-broker</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** The classpath of a Kafka broker, brought by Maven once into our cache (43 MB). */
export async function kafkaClasspath(): Promise<string> {
  const folder = join(cacheFolder, `kafka-${KAFKA}`);
  if (!existsSync(folder)) {
    await mkdir(cacheFolder, { recursive: true });
    const draft = await mkdtemp(join(cacheFolder, 'kafka-draft-'));
    try {
      await writeFile(join(draft, 'pom.xml'), pom);
      await promisify(execFile)('mvn', ['-B', '-q', '-f', join(draft, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'libs')}`]);
      await rename(join(draft, 'libs'), folder).catch((error: unknown) => { if (!existsSync(folder)) throw error; });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return join(folder, '*');
}
