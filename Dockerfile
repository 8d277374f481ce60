# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.
# It keeps nothing of its own: data is in /data, the key of the seal in /seal, settings come by environment (docs/operations.md).

FROM python:3.11-slim-bookworm AS base
# What WeasyPrint opens at run time; the fonts of the PDF are Python packages.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=ismsroles.settings \
    DATA_DIR=/data \
    SEAL_DIR=/seal \
    FONT_DIR=/app/fonts \
    STATIC_ROOT=/app/collected
WORKDIR /app

FROM base AS build
RUN python -m venv /opt/venv
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements/base.txt
COPY . .
# The key is needed to read the settings and signs nothing; it does not get into the image.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput \
    && SECRET_KEY=only-while-building python -c "import django; django.setup(); from ismsroles.records.pdf import fonts; fonts.cut_all()" \
    && python -m compileall -q ismsroles roles raci competence reviews evidence

FROM base
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin ismsroles \
    && install -d -o ismsroles -g ismsroles -m 0700 /data /seal
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PYTHONDONTWRITEBYTECODE=1
USER ismsroles
VOLUME ["/data", "/seal"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-m", "ismsroles.local.healthy"]
CMD ["gunicorn", "ismsroles.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--timeout", "60", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
