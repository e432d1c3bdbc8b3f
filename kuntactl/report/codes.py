"""Teams of coaches, in words."""

from collections.abc import Mapping

from kuntactl.domain.types import Team
from kuntactl.domain.wording import Words

TEAMS: Mapping[str, Words] = {
    Team.YOUNG.value: Words(fi="nuoret", sv="unga", en="young people"),
    Team.IMMIGRANTS.value: Words(fi="maahanmuuttajat", sv="invandrare", en="immigrants"),
    Team.GENERAL.value: Words(fi="yleinen", sv="allmänt", en="general"),
    Team.INTAKE.value: Words(fi="alkupalvelu", sv="inledande service", en="intake"),
}
