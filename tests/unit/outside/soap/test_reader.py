"""The quick way to read a regular message finds what the close one finds, and leaves to it whatever is odd."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wizard.domain.fields import Access, FieldType
from wizard.outside import soap as codec
from wizard.outside.soap.contract import NAMESPACE, OPERATIONS, FieldMetadata, FieldsResult, Namespaces
from wizard.outside.soap.reader import _Reader

GET_FIELDS = OPERATIONS["WSGetConfigData"]
ODD = (
    ("<Rank>", "<Rank> "),
    ("<Rank>", "<Rank>x"),
    ("<Rank>", "<Rank>+"),
    ("<Rank>", "stray<Rank>"),
    ("<FieldMetadataInfoWS>", "<FieldMetadataInfoWS>stray"),
    ("<FieldKey>", "<FieldKey><b/>"),
    ("<FieldKey>", '<FieldKey a="1">'),
    ("<FieldKey>", "<Unknown/><FieldKey>"),
    ("<FieldKey>", "<FieldKey>first</FieldKey><FieldKey>"),
    ("<FieldType>", "<FieldType> "),
    ("<FieldType>", "<FieldType/><FieldType>"),
    ("<Access>", '<Access xmlns="urn:other">'),
    ("<ShowInSearch>", "<ShowInSearch>True"),
    ("</FieldMetadataInfoWS>", "<Access>Normal</Access></FieldMetadataInfoWS>"),
    ("", ""),
)


class Close(_Reader):
    """Takes nothing for regular."""

    def regular(self, element: etree._Element, kind: type) -> Any | None:
        return None


def read(reader: _Reader, xml: bytes) -> Any:
    result = next(etree.fromstring(xml).iter(f"{{{NAMESPACE}}}{GET_FIELDS.name}Result"))
    return reader.message(result, FieldsResult), reader.misreads


@given(
    fields=st.lists(
        st.builds(
            FieldMetadata,
            field_key=st.none() | st.text("aé<&", max_size=3),
            display_name=st.none() | st.text("aé \t", max_size=3),
            field_type=st.sampled_from(FieldType),
            access=st.sampled_from(Access),
            rank=st.integers(-(2**31), 2**31 - 1),
        ),
        max_size=3,
    ),
    odd=st.sampled_from(ODD),
)
def test_both_ways_read_the_same_and_note_the_same(fields: list[FieldMetadata], odd: tuple[str, str]) -> None:
    written = codec.write_result(
        GET_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=tuple(fields)), Namespaces()
    )
    xml = written.decode().replace(*odd).encode()
    near = frozenset(("", NAMESPACE))

    quick, close = read(_Reader(NAMESPACE, near), xml), read(Close(NAMESPACE, near), xml)

    assert quick == close


def test_what_is_regular_is_read_the_quick_way() -> None:
    written = codec.write_result(
        GET_FIELDS,
        FieldsResult(is_ok=True, field_meta_data_objects=(FieldMetadata(field_key="A", rank=7),)),
        Namespaces(),
    )
    item = next(etree.fromstring(written).iter(f"{{{NAMESPACE}}}FieldMetadataInfoWS"))

    assert _Reader(NAMESPACE, frozenset()).regular(item, FieldMetadata) == FieldMetadata(field_key="A", rank=7)
