"""Names by mother tongue, as pools to draw artificial people from."""

from dataclasses import dataclass
from functools import cache

from kuntactl.sample.draw import Draw


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePool:
    """Names that people of one mother tongue have."""

    family: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]


def _pool(family: str, women: str, men: str) -> NamePool:
    """Return a pool of the names, parted by commas."""
    return NamePool(
        family=tuple(name.strip() for name in family.split(",")),
        women=tuple(name.strip() for name in women.split(",")),
        men=tuple(name.strip() for name in men.split(",")),
    )


POOLS = {
    "fi": _pool(
        "Aalto, Ahonen, Anttila, Hakala, Heikkinen, Heinonen, Hiltunen, Hirvonen, Hämäläinen, "
        "Jokinen, Järvinen, Kallio, Karjalainen, Kinnunen, Koivisto, Korhonen, Koskinen, "
        "Laaksonen, Laine, Laitinen, Lehtinen, Lehtonen, Leinonen, Manninen, Mattila, Mäkelä, "
        "Mäkinen, Nieminen, Niskanen, Ojala, Peltola, Pitkänen, Rantanen, Räsänen, Saarinen, "
        "Salminen, Salonen, Savolainen, Sorsa-Kallio, Tuominen, Turunen, Väisänen, Ylä-Outinen",
        "Aino, Anneli, Eeva, Elina, Hanna, Helena, Iida, Johanna, Kaarina, Katriina, Laura, "
        "Leena, Liisa, Maria, Marja-Leena, Minna, Outi, Päivi, Riikka, Ritva, Sanna, Sofia, "
        "Tuulikki, Tytti, Venla",
        "Aleksi, Antti, Eero, Hannu, Heikki, Ilmari, Jari, Juha-Pekka, Juhani, Jukka, Kalevi, "
        "Kari, Lauri, Markku, Matti, Mikko, Oskari, Pekka, Petri, Sakari, Tapio, Timo, Väinö, "
        "Ville, Yrjö",
    ),
    "sv": _pool(
        "Ahlskog, Björklund, Blomqvist, Ekholm, Eklund, Fagerström, Forsblom, Grönroos, "
        "Gustafsson, Holmberg, Häggblom, Karlsson, Lindqvist, Lindström, Nylund, Nyström, "
        "Sandberg, Sjöberg, Söderholm, Söderström, Westerlund, Wikström, af Björksten, "
        "von Kræmer, Åkerman, Östman",
        "Agneta, Ann-Louise, Barbro, Carina, Cecilia, Ebba, Fredrika, Gunilla, Hanna, Ingrid, "
        "Jessica, Linnéa, Maj-Britt, Malin, Märta, Sofia, Ulla, Åsa",
        "Alexander, Anders, Bengt, Carl-Johan, Christer, Erik, Fredrik, Gustav, Henrik, Jan, "
        "Kaj, Lars-Erik, Mats, Nils, Oskar, Rasmus, Sebastian, Åke, Örjan",
    ),
    "se": _pool(
        "Aikio, Guttorm, Guvžá, Jođuvárri, Jomppanen, Kuhmunen, Laiti, Länsman, Magga, "
        "Näkkäläjärvi, Rasmus, Sara, Sárá, Valkeapää, Valle, Vuolab, Vuomajoki",
        "Ánne, Biret-Ánne, Elle-Máret, Gáddjá, Inga, Iŋgá, Kirste, Máret, Oolǥa, Rávdná, Sárá",
        "Áslat, Ánde, Heaika, Jovnna, Máhtte, Miǩǩal, Niillas, Nils-Ándaras, Ovllá, "
        "Ǩiurâl, Sámmol",
    ),
    "ru": _pool(
        "Ivanov, Kuznetsov, Lebedev, Morozov, Novikov, Petrov, Popov, Semjonov, Smirnov, "
        "Sokolov, Tšernov, Vasiljev, Volkov, Žukov",
        "Anastasija, Galina, Irina, Julija, Ksenija, Ljudmila, Natalja, Olga, Svetlana, "
        "Tatjana, Valentina",
        "Aleksandr, Andrei, Dmitri, Igor, Maksim, Mihail, Nikolai, Oleg, Sergei, Vladimir, "
        "Jevgeni",
    ),
    "et": _pool(
        "Kask, Kukk, Kõiv, Lepik, Mägi, Pärn, Rebane, Saar, Sepp, Tamm, Vaher, Õunapuu",
        "Anu, Kadri, Katrin, Krista, Liis, Maarika, Piret, Tiina, Õie, Ülle",
        "Aivar, Jaan, Jüri, Kalev, Margus, Priit, Rein, Tõnu, Urmas, Ants",
    ),
    "ar": _pool(
        "Abd al-Rahman, Al-Hassan, Al-Jubouri, Al-Khatib, Al-Sayed, Aziz, Haddad, Hussein, "
        "Khalil, Mahmoud, Nasser, Saleh",
        "Aisha, Amal, Fatima, Huda, Layla, Maryam, Noor, Rana, Samira, Zainab",
        "Abdullah, Ahmed, Ali, Hassan, Ibrahim, Karim, Mohammed, Mustafa, Omar, Yusuf",
    ),
    "so": _pool(
        "Abdi, Adan, Ahmed, Ali, Duale, Farah, Hassan, Ibrahim, Jama, Mohamed, Nur, Warsame",
        "Amina, Asha, Faadumo, Habibo, Hodan, Ifrah, Khadra, Sahra, Ubah",
        "Abdirahman, Abdullahi, Bashir, Cabdi, Hassan, Ismail, Liban, Mahad, Said",
    ),
    "vi": _pool(
        "Nguyễn, Nguyen, Trần, Tran, Lê, Le, Phạm, Pham, Hoàng, Đặng, Bùi, Vũ, Võ",
        "Thị Phượng, Thị Ngọc Ánh, Thuỳ Linh, Thi Hoa, Thi Lan, Mai Anh, Thị Hồng Nhung",
        "Văn Đức, Minh Quân, Van Hung, Quốc Bảo, Duc Anh, Hữu Thắng, Thanh Tung",
    ),
    "uk": _pool(
        "Bondarenko, Hrytsenko, Koval, Kovalenko, Kravchenko, Lysenko, Marchenko, Shevchenko, "
        "Tkachenko",
        "Daryna, Iryna, Khrystyna, Nadiia, Oksana, Oleksandra, Solomiia, Yuliia",
        "Andrii, Bohdan, Dmytro, Mykola, Oleksandr, Serhii, Taras, Volodymyr",
    ),
    "en": _pool(
        "Adeyemi, Brown, Clarke, Johnson, Mensah, O’Brien, O'Connor, Okafor, Smith, Williams",
        "Abigail, Blessing, Charlotte, Emily, Grace, Jane, Mary-Ann, Siobhán",
        "Daniel, Emmanuel, James, Kwame, Michael, Patrick, Samuel, William",
    ),
    "98": _pool(
        "Barzani, Çelik, Demir, García Núñez, Hajdari, Krasniqi, Müller, Öztürk, Rezaei, "
        "Şahin, Wiśniewska, Yavuz",
        "Ayşe, Berivan, Chiara, Elif, José María, Małgorzata, Rojin, Shirin, Valbona",
        "Arash, Besnik, François, Hêvî, João, Mehmet, Paweł, Rêbaz, Zoltán",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FullName:
    """A family name and the given names, parted by spaces."""

    family: str
    given: str


def draw_name(draw: Draw, *, mother_tongue: str, woman: bool, encoding: str) -> FullName:
    """Return a name that the encoding can write; another tongue takes the pool of ``98``."""
    pool = writable(mother_tongue if mother_tongue in POOLS else "98", encoding)
    given = pool.women if woman else pool.men
    first, second = draw.one_of(given), draw.one_of(given)
    two = draw.happens(0.6) and first != second and "-" not in first
    return FullName(family=draw.one_of(pool.family), given=f"{first} {second}" if two else first)


@cache
def writable(mother_tongue: str, encoding: str) -> NamePool:
    """Return the names of a tongue that the encoding can write."""
    pool = POOLS[mother_tongue]
    return NamePool(
        family=_encodable(pool.family, encoding),
        women=_encodable(pool.women, encoding),
        men=_encodable(pool.men, encoding),
    )


def _encodable(names: tuple[str, ...], encoding: str) -> tuple[str, ...]:
    return tuple(name for name in names if can_write(name, encoding))


def can_write(text: str, encoding: str) -> bool:
    """Return whether every letter of the text exists in the encoding."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
