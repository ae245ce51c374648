# The wizard and its worker in one image: `docker build --tag erp-sync-wizard .`; compose.yaml starts both.

FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/erp-wizard \
    && /opt/erp-wizard/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY LICENSE README.md hatch_build.py pyproject.toml ./
COPY static static
COPY templates templates
COPY wizard wizard
RUN /opt/erp-wizard/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/erp-wizard/bin/pip uninstall --yes editables hatchling setuptools pip

FROM python:3.11-slim
COPY --from=build /opt/erp-wizard /opt/erp-wizard
RUN groupadd --gid 10001 erp-wizard \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/erp-wizard --shell /usr/sbin/nologin erp-wizard \
    && install --directory --owner=erp-wizard --group=erp-wizard --mode=0700 /var/lib/erp-wizard
ENV PATH=/opt/erp-wizard/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ERP_WIZARD_INSTANCE=/var/lib/erp-wizard \
    ERP_WIZARD_HOST=0.0.0.0 \
    ERP_WIZARD_PORT=8000 \
    ERP_WIZARD_PRACTICE=no \
    ERP_WIZARD_LOG_LEVEL=INFO \
    ERP_WIZARD_LOG_FORMAT=json
USER 10001:10001
VOLUME /var/lib/erp-wizard
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 CMD ["erp-wizard", "health"]
ENTRYPOINT ["erp-wizard"]
CMD ["run"]
