# syntax=docker/dockerfile:1
# Same version as `engines` in package.json; a test compares them.
ARG NODE_VERSION=26.12.1

FROM node:${NODE_VERSION}-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY clients/sluice-events/package.json ./clients/sluice-events/
# The script `prepare` builds the dashboard, which the next stage does: it needs development dependencies.
# The packages node-linux-* hold the Node that the base image has already: 200 MB less.
RUN npm pkg delete scripts.prepare && npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:${NODE_VERSION}-trixie-slim AS dashboard
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY clients/sluice-events ./clients/sluice-events
RUN npm install --ignore-scripts
COPY tsconfig.json ./
COPY tools ./tools
COPY dashboard ./dashboard
RUN npm run build:dashboard

FROM node:${NODE_VERSION}-trixie-slim
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=dashboard /app/dashboard/dist ./dashboard/dist
COPY package.json LICENSE ./
COPY schema ./schema
COPY resolvers ./resolvers
COPY sandbox ./sandbox
COPY src ./src
ENV NODE_ENV=production DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node directly, not through npm: it receives SIGTERM itself and drains.
CMD ["node", "--max-old-space-size=768", "--max-semi-space-size=16", "src/main.ts"]
