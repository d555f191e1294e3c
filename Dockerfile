# The emulator and the bots: docker build -t mosaic2 .
# The suite, which replays the documented calls with curl: docker build --target suite -t mosaic2-suite .
ARG NODE_VERSION=22

# The full image has what compiles @discordjs/opus where its prebuilt library cannot be had: python3, make, g++.
FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /src
# For networks with a registry of their own: docker build --build-arg NPM_CONFIG_REGISTRY=… .
ARG NPM_CONFIG_REGISTRY
ARG NODE_EXTRA_CA_CERTS
COPY package.json package-lock.json ./
# Of all packages only this one has something to make at installation; Node's headers are those of the image.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && JOBS=max npm_config_nodedir=/usr/local npm rebuild @discordjs/opus \
 && npm cache clean --force
COPY tsconfig.json tsconfig.build.json tsconfig.pages.json built-module.ts spawn-thread.ts cli.ts index.ts ./
COPY emulator emulator
COPY media media
COPY conformance conformance
COPY bench bench
COPY media-samples media-samples
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund
# What only compilers, debuggers and readers use.
RUN find dist node_modules -type f \
      \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.md' -o -name '*.tsbuildinfo' \) \
      ! -iname 'licen[cs]e*' ! -iname 'copying*' -delete \
 && cd node_modules/@discordjs/opus && cp deps/opus/COPYING COPYING.libopus \
 && rm -rf deps src tests build build-tmp-*

FROM node:${NODE_VERSION}-bookworm-slim AS emulator
LABEL org.opencontainers.image.title="mosaic2" \
      org.opencontainers.image.description="Emulator of Flussonic's dynamic mosaic, bots and conformance suite" \
      org.opencontainers.image.licenses="MIT AND GPL-3.0-or-later"
ENV NODE_ENV=production
COPY --from=build /src/package.json /app/
COPY LICENSE THIRD-PARTY-NOTICES.md /app/
COPY fixtures /app/fixtures
COPY media-samples /app/media-samples
COPY --from=build /src/node_modules /app/node_modules
COPY --from=build /src/dist /app/dist
USER node
# Reports are written to ./reports, and the certificate is kept below .local/state.
WORKDIR /home/node
RUN mkdir -p reports .local/state
EXPOSE 8080 8443 40000/udp
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/streamer/api/v3/monitoring/readiness').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["emulator", "--udp-port", "40000"]

FROM emulator AS suite
USER root
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
USER node
HEALTHCHECK NONE
CMD ["conformance", "--help"]

# What is built where nothing else is asked for.
FROM emulator
