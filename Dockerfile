# A static binary and the certificates that it trusts CCUBE by: no shell, no package manager, nobody's home.
#
#   docker build -t ccube-graphql .
#   docker run --rm --read-only -p 8080:8080 -e CCUBE_TENANT=acme ccube-graphql

FROM golang:1.26 AS build
WORKDIR /src
# The modules have a layer of their own, which stays as long as go.mod does.
COPY go.mod go.sum ./
RUN go mod download
# .git comes along, so that -version can name the commit. Where it does not, as in an archive, say what it is:
#   docker build --build-arg VERSION=v1.2.3 --build-arg COMMIT=$(git rev-parse HEAD) .
COPY . .
ARG VERSION= COMMIT=
# timetzdata: isOverdue goes by the day in TZ, and the final image has no zones.
# grpcnotrace: leaves out html/template, which would keep a third more code in the binary, and in memory.
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata,grpcnotrace -ldflags="-s -w \
    -X github.com/ccube-graphql/ccube-graphql/internal/telemetry.version=$VERSION \
    -X github.com/ccube-graphql/ccube-graphql/internal/telemetry.commit=$COMMIT" -o /ccube-graphql .

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /ccube-graphql /ccube-graphql
USER 65532:65532
# Inside a container the loopback interface is nobody's.
ENV ADDR=0.0.0.0:8080
EXPOSE 8080
# It writes nothing: run it with --read-only. There is no shell, so the binary asks itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s --retries=3 CMD ["/ccube-graphql", "-healthcheck"]
# On SIGTERM /readyz fails at once, and what runs may finish within DRAIN_TIMEOUT: give it as long to stop.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/ccube-graphql"]
