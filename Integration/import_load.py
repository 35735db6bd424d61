"""Measures imports of large foreign exports: records, megabytes per second and peak memory.

    python3 Integration/import_load.py [--pages 200000] [--megabytes 100] [--store]

Generates a Confluence export of that many pages (with older versions, labels and comments) and a MediaWiki dump of
that size, imports each in a separate process, and prints a line of JSON for each. Without `--store`
the import is a dry run, which measures reading without the store.
"""
import argparse
import json
import os
import random
import subprocess
import tempfile
import time
import zipfile

from frontline_process import binary

NOUNS = "gateway modem parcel invoice refund router voucher contract meter line order return card phone tariff".split()
VERBS = "restart check replace cancel confirm send open close measure reset move renew".split()
WORDS = NOUNS + VERBS + "the a when after before customer agent light green red without within it is was two days".split()


def sentences(generator, count):
    return " ".join(
        " ".join(generator.choice(WORDS) for _ in range(generator.randint(6, 16))).capitalize() + "." for _ in range(count)
    )


def reference(name, kind, number):
    return f'<property name="{name}" class="{kind}" package="com.atlassian.confluence"><id name="id">{number}</id></property>'


def storage(generator, number):
    code = f'restart --unit {number} && if (a[b[0]] > {number % 10}) done;'
    return (
        f"<h2>When</h2><p>{sentences(generator, 3)} See <ac:link><ri:page ri:content-title=\"Gateway {number // 2}\" /></ac:link>.</p>"
        f"<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>{sentences(generator, 1)}</p></ac:rich-text-body></ac:structured-macro>"
        f"<h2>Do</h2><ol><li>{sentences(generator, 1)}</li><li><strong>{sentences(generator, 1)}</strong></li></ol>"
        f"<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[{code}]] ></ac:plain-text-body></ac:structured-macro>"
        f"<table><tbody><tr><th>Light&nbsp;on</th><td>{sentences(generator, 1)}</td></tr></tbody></table>"
    )


def confluence_objects(count):
    """The objects of an export of so many pages; every third page has an older version, every second one a label."""
    generator = random.Random(7)
    yield '<object class="Space" package="p"><id name="id">1</id><property name="key"><![CDATA[OPS]]></property><property name="name"><![CDATA[Operations]]></property></object>\n'
    for label, name in enumerate(NOUNS):
        yield f'<object class="Label" package="p"><id name="id">{label + 100}</id><property name="name"><![CDATA[{name}]]></property><property name="namespace"><![CDATA[global]]></property></object>\n'
    for number in range(1, count + 1):
        page, title = number + 1_000_000, f"Restart gateway {number}"
        yield (
            f'<object class="Page" package="p"><id name="id">{page}</id><property name="title"><![CDATA[{title}]]></property>'
            f'<property name="lowerTitle"><![CDATA[{title.lower()}]]></property><property name="version">2</property>'
            f'<property name="contentStatus"><![CDATA[current]]></property>{reference("space", "Space", 1)}'
            + (reference("parent", "Page", 1_000_000 + number // 10) if number >= 10 else "")
            + '<property name="lastModificationDate">2026-05-01 10:00:00.000</property></object>\n'
        )
        yield (
            f'<object class="BodyContent" package="p"><id name="id">{number + 5_000_000}</id><property name="body"><![CDATA[{storage(generator, number)}]]></property>'
            f'{reference("content", "Page", page)}<property name="bodyType">2</property></object>\n'
        )
        if number % 3 == 0:
            yield (
                f'<object class="Page" package="p"><id name="id">{number + 2_000_000}</id><property name="title"><![CDATA[{title}]]></property>'
                f'<property name="contentStatus"><![CDATA[current]]></property>{reference("originalVersion", "Page", page)}</object>\n'
                f'<object class="BodyContent" package="p"><id name="id">{number + 6_000_000}</id><property name="body"><![CDATA[<p>old</p>]]></property>'
                f'{reference("content", "Page", number + 2_000_000)}<property name="bodyType">2</property></object>\n'
            )
        if number % 2 == 0:
            yield (
                f'<object class="Labelling" package="p"><id name="id">{number + 7_000_000}</id>'
                f'{reference("label", "Label", 100 + number % len(NOUNS))}{reference("content", "Page", page)}</object>\n'
            )


def wikitext(generator, number):
    return (
        "{{Infobox\n| name = {{PAGENAME}}\n| light = [[green]]\n}}\n'''Gateway " + str(number) + "''' " + sentences(generator, 4)
        + f" See [[Gateway {number // 2}|the ''other'' one]] and [https://example.org/{number} the site].&lt;ref&gt;{sentences(generator, 1)}&lt;/ref&gt;\n\n"
        + f"== When ==\n{sentences(generator, 5)}\n* {sentences(generator, 1)}\n** {sentences(generator, 1)}\n# one\n# two\n\n"
        + f"== Lights ==\n{{| class=\"wikitable\"\n! Light !! Means\n|-\n| green || {sentences(generator, 1)}\n|}}\n[[Category:Gateways]]\n"
    )


def mediawiki_page(generator, number):
    """A page with one revision, or two if the number is divisible by five."""
    revisions = "".join(
        f'<revision><id>{number * 10 + index}</id><timestamp>20{20 + index}-01-01T00:00:00Z</timestamp><contributor><username>U</username><id>1</id></contributor>'
        f'<model>wikitext</model><format>text/x-wiki</format><text xml:space="preserve">{wikitext(generator, number)}</text></revision>'
        for index in range(2 if number % 5 == 0 else 1)
    )
    return f"<page><title>Gateway {number}</title><ns>0</ns><id>{number}</id>{revisions}</page>\n"


def mediawiki_pages(count):
    generator = random.Random(7)
    return [mediawiki_page(generator, number) for number in range(1, count + 1)]


def write_confluence(path, pages):
    size = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("entities.xml", "w", force_zip64=True) as file:
            size += file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<hibernate-generic datetime="2026-05-01 10:00:00">\n')
            for item in confluence_objects(pages):
                size += file.write(item.encode())
            size += file.write(b"</hibernate-generic>\n")
    return pages, size


def write_mediawiki(path, megabytes):
    generator = random.Random(7)
    number = 0
    with open(path, "wb") as file:
        file.write(
            b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">'
            b"<siteinfo><dbname>desk</dbname></siteinfo>\n")
        redirects = 0
        while file.tell() < megabytes * 1_000_000:
            number += 1
            file.write(mediawiki_page(generator, number).encode())
            if number % 10 == 0:
                redirects += 1
                file.write(
                    f'<page><title>Box {number}</title><ns>0</ns><id>{number + 10_000_000}</id><redirect title="Gateway {number}"/><revision><id>1</id>'
                    f"<timestamp>2020-01-01T00:00:00Z</timestamp><text>#REDIRECT [[Gateway {number}]]</text></revision></page>\n".encode())
        file.write(b"</mediawiki>\n")
        return number, file.tell()


def measure(name, path, records, size, store):
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        command = [binary(), "knowledge", "import", path, "--data", os.path.join(folder, "data")] + ([] if store else ["--dry-run"])
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        report = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    line = {
        "export": name, "records": records, "created": report["created"], "skipped": report["skipped"], "failed": report["failed"],
        "megabytes": round(size / 1e6, 1), "seconds": round(seconds, 1), "megabytes_per_second": round(size / 1e6 / seconds, 1),
        "largest_memory_megabytes": usage.ru_maxrss // 1024, "store": store,
    }
    print(json.dumps(line), flush=True)
    return report["created"] == records and report["failed"] == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=200_000)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--store", action="store_true", help="also write the articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        path = os.path.join(folder, "space.zip")
        sound = measure("confluence", path, *write_confluence(path, options.pages), options.store)
        os.remove(path)
        path = os.path.join(folder, "dump.xml")
        sound = measure("mediawiki", path, *write_mediawiki(path, options.megabytes), options.store) and sound
    raise SystemExit(0 if sound else 1)


if __name__ == "__main__":
    main()
