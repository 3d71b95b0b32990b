"""The same sums in other people's programs: seconds of processor time for each, where the library is installed."""

import json
import os
import statistics
import sys
import time

SIZE = 4 << 20


def median(rounds, work):
    times = []
    for _ in range(rounds):
        begin = time.thread_time()
        work()
        times.append(time.thread_time() - begin)
    return statistics.median(times)


def ige(library):
    key, iv, plain = os.urandom(32), os.urandom(32), os.urandom(SIZE)
    encrypt = getattr(library, "ige256_encrypt", None) or library.encrypt_ige
    decrypt = getattr(library, "ige256_decrypt", None) or library.decrypt_ige
    encrypted = encrypt(plain, key, iv)
    assert decrypt(encrypted, key, iv) == plain
    return {"encrypt": median(9, lambda: encrypt(plain, key, iv)), "decrypt": median(9, lambda: decrypt(encrypted, key, iv))}


def pq(file):
    from telethon.crypto import Factorization
    with open(file) as lines:
        numbers = [int(line) for line in lines]
    took = []
    for number in numbers:
        begin = time.thread_time()
        p, q = Factorization.factorize(number)
        took.append(time.thread_time() - begin)
        assert p * q == number and 1 < p < q, number
    return {"pq": sum(took) / len(took)}


def power():
    import random
    chance = random.Random(1)
    # Any odd number of 2048 bits costs the same.
    base, exponent, modulus = chance.getrandbits(2000), chance.getrandbits(2048), chance.getrandbits(2048) | 1 | 1 << 2047
    return {"power": median(15, lambda: pow(base, exponent, modulus))}


def slow_hash():
    import hashlib
    return {"warm": median(5, lambda: hashlib.pbkdf2_hmac("sha512", b"x" * 32, b"y" * 40, 100_000))}


what = sys.argv[1]
if what in ("tgcrypto", "cryptg"):
    answer = ige(__import__(what))
elif what == "pq":
    answer = pq(sys.argv[2])
else:
    answer = {**power(), **slow_hash()}
print(json.dumps(answer))
