"""The sums of MTProto, once they are warm: processor time of one thread."""

import random
from functools import partial

from bed import SIDES, TELETHONS, Goal, Measure, Row, python, telethon

TITLE = "Sums"
MEGABYTES = (4 << 20) / 1e6
NUMBERS = 40


def rows(bed):
    numbers = bed.folder / "numbers.txt"
    numbers.write_text("".join(f"{number}\n" for number in semiprimes()))
    classes = bed.compiled("Sums", "SlowHashTimes")
    ours = {version: Measure(f"our sums {version}", partial(java, bed, version, classes, "Sums", numbers), most=5)
            for version in (17, 25)}
    slow = {version: Measure(f"our slow hash {version}", partial(java, bed, version, classes,
                                                                 "dev.tgsession.crypto.SlowHashTimes"), most=5)
            for version in (17, 25)}
    aes = {library: Measure(f"{library}", partial(theirs, bed, "aes-for-python", library), most=5)
           for library in ("tgcrypto", "cryptg")}
    openssl = Measure("openssl", partial(serial_limit, bed), most=5)
    plain = Measure("Python's own sums", partial(theirs, bed, "aes-for-python", "plain"), most=5)
    for version in (17, 25):
        for way, times in (("encrypt", 4.5), ("decrypt", 2.3)):
            for library in aes:
                yield Row(f"aes-{way}-{library}-{version}", f"AES-IGE, 4 MiB, {way}, Java {version}",
                          (ours[version], way), f"{library} (C)" if library == "tgcrypto" else f"{library} (Rust)",
                          (aes[library], way), Goal(times=times) if library == "tgcrypto" else None, unit="MB/s")
            yield Row(f"aes-{way}-openssl-{version}", f"AES-IGE, 4 MiB, {way}, Java {version}", (ours[version], way),
                      "`openssl speed` of AES-256-CBC", (openssl, way), unit="MB/s")
    for release in TELETHONS:
        pq = Measure(f"Telethon {release} factors", partial(
            bed.of_itself, [telethon(release), SIDES / "sums.py", "pq", numbers]), most=5)
        for version in (17, 25):
            yield Row(f"pq-{version}-{release}", f"pq of 63 bits into its factors, Java {version}", (ours[version], "pq"),
                      f"Telethon {release}", (pq, "pq"), Goal(times=30))
    for version in (17, 25):
        yield Row(f"power-{version}", f"power of 2048 bits modulo a prime, Java {version}", (ours[version], "power"),
                  "Python's `pow`", (plain, "power"))
        yield Row(f"slow-hash-{version}", f"the slow hash of a password, Java {version}", (slow[version], "warm"),
                  "OpenSSL's in Python", (plain, "warm"))
        yield Row(f"slow-hash-cold-{version}", f"... the first time in a process, Java {version}",
                  (slow[version], "cold"), "OpenSSL's in Python", (plain, "warm"))


def java(bed, version, classes, *command):
    return bed.of_itself([f"{bed.on_java(version)['JAVA_HOME']}/bin/java", "-cp", classes, *command])


def theirs(bed, library, what):
    return bed.of_itself([python(library), SIDES / "sums.py", what])


def serial_limit(bed):
    """What the processor does with a chain of blocks: no mode with one can be faster, in either direction."""
    said = bed.whole(["openssl", "speed", "-evp", "aes-256-cbc", "-bytes", 4 << 20, "-seconds", 1, "-mr"])["said"]
    per_second = float(next(line for line in said.splitlines() if line.startswith("+F")).rpartition(":")[2])
    return {way: (4 << 20) / per_second for way in ("encrypt", "decrypt")}


def semiprimes():
    """Numbers as a server sends them: two primes of 31 and 32 bits, the product of 63."""
    chance = random.Random(1)
    found = set()
    while len(found) < NUMBERS:
        product = prime(chance, 31) * prime(chance, 32)
        if product.bit_length() == 63:
            found.add(product)
    return sorted(found)


def prime(chance, bits):
    while True:
        number = chance.getrandbits(bits) | 1 | 1 << bits - 1
        if all(number % small for small in (3, 5, 7, 11, 13)) and all(
                strong(number, base) for base in (2, 3, 5, 7, 11, 13, 17)):
            return number


def strong(number, base):
    """Whether Miller and Rabin see no sign that it is composite."""
    twos = (number - 1 & 1 - number).bit_length() - 1
    power = pow(base, number - 1 >> twos, number)
    return power == 1 or any(pow(power, 1 << i, number) == number - 1 for i in range(twos))
