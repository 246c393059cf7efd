"""The fields of a person, by the names forms, services and refusals share."""

from enum import StrEnum


class MemberField(StrEnum):
    """What a form asks of a person; the value is the attribute of `Member` it ends in."""

    NAME = "name"
    AGENCY = "agency_id"
    JOB_TITLE = "job_title"
    MAIL = "mail"
    ISP_VERSION = "isp_version"
    ISP_SIGNED_ON = "isp_signed_on"
