"""Where an address of Redis leads."""

from redis.sentinel import SentinelConnectionPool

from worker.redis_pool import Sentinels, client, sentinels


def test_an_address_of_sentinels_is_taken_apart() -> None:
    """Hosts with and without ports, of IPv6 as well; the password of Redis and that of the Sentinels."""
    said = sentinels("rediss+sentinel://u:p%40w@s1:26380,s2,[::1]:26381,[::2]/lexrelay/3?sentinel_password=x%2Fy")

    assert said == Sentinels(
        hosts=(("s1", "26380"), ("s2", "26379"), ("::1", "26381"), ("::2", "26379")),
        service="lexrelay",
        database="3",
        login={"username": "u", "password": "p@w"},
        own_login={"password": "x/y"},
        tls=True,
    )


def test_the_client_asks_the_sentinels_for_the_master() -> None:
    """With Redis' own login and database, and theirs for themselves."""
    pool = client("redis+sentinel://:pw@s1,s2:26380/m/2?sentinel_password=own", socket_timeout=3).connection_pool

    assert isinstance(pool, SentinelConnectionPool)
    assert (pool.service_name, pool.is_master) == ("m", True)
    assert {name: pool.connection_kwargs[name] for name in ("db", "password", "socket_timeout")} == {
        "db": 2,
        "password": "pw",
        "socket_timeout": 3,
    }
    asked = [each.connection_pool.connection_kwargs for each in pool.sentinel_manager.sentinels]
    assert [(each["host"], each["port"], each["password"]) for each in asked] == [
        ("s1", 26379, "own"),
        ("s2", 26380, "own"),
    ]


def test_one_server_is_found_as_before() -> None:
    """The address is the client's own."""
    pool = client("redis://:pw@h:6380/1").connection_pool

    assert (pool.connection_kwargs["host"], pool.connection_kwargs["port"], pool.connection_kwargs["db"]) == (
        "h",
        6380,
        1,
    )
