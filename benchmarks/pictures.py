"""What one upload of a picture costs: a photo of 24 million pixels, sent through the page that adds it.

Run it with `python -m benchmarks.pictures`. It uses a database in memory and a folder of its own, and prints the
seconds of one request, the memory of the process at its peak, and the weight of the lead picture at 1280 pixels. The
photo is made by another process, so that its memory does not count. It ends with code 1 when the peak reaches 500 MB,
or when the picture of 144 million pixels in 18 kB is not refused.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

MEGABYTE = 1_000_000
MOST_MEMORY = 500 * MEGABYTE
WIDTH, HEIGHT = 6000, 4000


def make_photo(path: Path) -> None:
    """A photo with the grain of a camera, written as a camera would."""
    from PIL import Image, ImageFilter

    scene = Image.effect_mandelbrot((1500, 1000), (-2, -1.5, 1, 1.5), 100).convert("RGB").resize((WIDTH, HEIGHT))
    grain = Image.effect_noise((WIDTH, HEIGHT), 40).filter(ImageFilter.GaussianBlur(1.2))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.blend(scene, grain.convert("RGB"), 0.4).save(path, "JPEG", quality=92, exif=exif)


def peak() -> int:
    """Bytes that this process had in memory at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def set_up(media: str) -> None:
    os.environ.update(
        DEBUG="true",
        DATABASE_URL="sqlite://:memory:",
        MEDIA_DIR=media,
        SECOND_FACTOR="false",
        SITE_NOW="",
        DJANGO_SETTINGS_MODULE="aslms_site.settings",
    )
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def measure(photo: Path) -> bool:
    """Send the photo, then the bomb; whether both went as they should."""
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from championship.models import Picture
    from championship.rules.pictures import PictureFile
    from championship.selectors.pictures import picture_bytes
    from tests.picture_files import png_of_size

    client = Client()
    client.force_login(User.objects.create_superuser("editor", password="x" * 20))
    words = {"title": "T", "alt": "A", "credit": "C", "licence": "own", "focus_x": "30", "focus_y": "50"}
    before = peak()
    wall, cpu = perf_counter(), process_time()
    with photo.open("rb") as file:
        response = client.post("/admin/championship/picture/add/", {**words, "upload": file})
    wall, cpu = perf_counter() - wall, process_time() - cpu
    after = peak()
    picture = Picture.objects.get()
    lead = PictureFile(name=picture.name, crop="lead", width=1280, format="avif")
    print(f"upload of {WIDTH} x {HEIGHT}, {photo.stat().st_size / MEGABYTE:.1f} MB: answer {response.status_code}")
    print(f"  {wall:.1f} s, {cpu:.1f} s of the processor; kept as {picture.width} x {picture.height}")
    print(f"  memory at its peak {after / MEGABYTE:.0f} MB, before the request {before / MEGABYTE:.0f} MB")
    print(f"  lead picture at 1280 pixels: {len(picture_bytes(lead) or b'') / 1000:.0f} kB as AVIF")

    bomb = png_of_size(12_000, 12_000)
    start = perf_counter()
    response = client.post("/admin/championship/picture/add/", {**words, "upload": SimpleUploadedFile("b.png", bomb)})
    is_refused = "144 million pixels" in response.content.decode()
    print(f"144 million pixels in {len(bomb) / 1000:.0f} kB: {'refused' if is_refused else 'TAKEN'}")
    print(f"  {perf_counter() - start:.2f} s, {(peak() - after) / MEGABYTE:.0f} MB more")
    return is_refused and after < MOST_MEMORY


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        if len(sys.argv) > 1:
            make_photo(Path(sys.argv[1]))
            sys.exit()
        subprocess.run([sys.executable, "-m", "benchmarks.pictures", str(photo)], check=True)
        set_up(folder)
        sys.exit(0 if measure(photo) else 1)
