from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddField("organisation", "document_number", models.CharField(blank=True, max_length=60, verbose_name="number of the roles document")),
        migrations.AddField(
            "organisation", "classification", models.CharField(default="Internal", max_length=60, verbose_name="classification of the roles document")
        ),
        migrations.AddField(
            "organisation", "distribution", models.CharField(blank=True, max_length=300, verbose_name="who receives the roles document")
        ),
    ]
