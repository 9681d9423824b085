"""What `lhpub fonts` asks fonts for."""

from lhpub.text.repertoires import repertoires


def test_the_standards_have_as_many_characters_as_they_say():
    asked = repertoires()
    levels = [asked[f"通用规范汉字表{level}级"] for level in "一二三"]
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert len(set("".join(levels))) == 8105
    assert [level[0] for level in levels] == ["一", "乂", "亍"]
    assert (len(asked["GB/T 2312 一级"]), len(asked["GB/T 2312"])) == (3755, 7445)


def test_the_second_level_adds_what_the_table_has_beyond_the_first():
    asked = repertoires()
    first, second = (asked[name] for name in ("GB 18030-2022 级别 1 汉字", "级别 2 汉字"))
    assert second.startswith(first)
    assert {"𬭎", "𫖯"} <= set(second[len(first) :])
    assert len(second) - len(first) == 196


def test_the_third_level_has_every_han_character_of_the_standard():
    asked = repertoires()
    third = set(asked["级别 3 汉字"])
    assert len(asked["级别 3 汉字"]) == len(third) == 87_887
    assert set(asked["级别 2 汉字"]) < third
