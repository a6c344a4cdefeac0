//! Properties of tasks.

use super::{Codec, Field, recurrence};
use crate::mapi::guid::{PSETID_COMMON, PSETID_TASK};
use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;

const fn task(lid: u32) -> Slot {
    Slot::Lid(PSETID_TASK, lid)
}

const STATUS: &[(i32, &str)] =
    &[(0, "NotStarted"), (1, "InProgress"), (2, "Completed"), (3, "WaitingOnOthers"), (4, "Deferred")];

/// Of tasks.
pub(in crate::practice::exchange) static TASK: &[Field] = &[
    Field::all("task:ActualWork", "t:ActualWork", Codec::Int(task(0x8110))),
    Field::all("task:AssignedTime", "t:AssignedTime", Codec::Time(task(0x8115))),
    Field::all("task:BillingInformation", "t:BillingInformation", Codec::Text(Slot::Lid(PSETID_COMMON, 0x8535))),
    Field::all("task:ChangeCount", "t:ChangeCount", Codec::Int(task(0x8112))),
    Field::all("task:Companies", "t:Companies", Codec::Texts(Slot::Lid(PSETID_COMMON, 0x8539))),
    Field::all("task:CompleteDate", "t:CompleteDate", Codec::Time(task(0x810F))),
    Field::all("task:Contacts", "t:Contacts", Codec::Texts(Slot::Lid(PSETID_COMMON, 0x853A))),
    Field::all("task:Delegator", "t:Delegator", Codec::Text(task(0x8121))),
    Field::default("task:DueDate", "t:DueDate", Codec::Time(task(0x8105))),
    Field::all("task:IsComplete", "t:IsComplete", Codec::Bool(task(0x811C))),
    Field::all("task:IsRecurring", "t:IsRecurring", Codec::Bool(task(0x8126))),
    Field::all("task:IsTeamTask", "t:IsTeamTask", Codec::Bool(task(0x8103))),
    Field::all("task:Mileage", "t:Mileage", Codec::Text(Slot::Lid(PSETID_COMMON, 0x8534))),
    Field::all("task:Owner", "t:Owner", Codec::Text(task(0x811F))),
    Field::default("task:PercentComplete", "t:PercentComplete", Codec::Percent(task(0x8102))),
    Field::all("task:Recurrence", "t:Recurrence", Codec::Both(read_recurrence, write_recurrence)),
    Field::default("task:StartDate", "t:StartDate", Codec::Time(task(0x8104))),
    Field::default("task:Status", "t:Status", Codec::Choice(task(0x8101), STATUS)),
    Field::all("task:TotalWork", "t:TotalWork", Codec::Int(task(0x8111))),
];

fn read_recurrence(view: &View, _: &Shape, xml: &mut Xml) {
    if let Some(pattern) = task(0x8116).bytes(view.item).and_then(recurrence::Pattern::parse) {
        pattern.write(xml);
    }
}

fn write_recurrence(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    task(0x8116).remove(item);
    task(0x8126).set(item, Type::BOOL, Value::Bool(element.is_some()));
    if let Some(element) = element {
        let pattern = recurrence::Pattern::read(element, None)?;
        task(0x8116).set(item, Type::BINARY, Value::Binary(pattern.bytes().into()));
    }
    Ok(())
}

/// Status, percentage and completion agree in every task that a client creates or changes.
pub(in crate::practice::exchange) fn complete(item: &mut Item) {
    let done =
        task(0x8101).int(item) == Some(2) || matches!(task(0x8102).get(item), Some(Value::F64(part)) if *part >= 1.0);
    if done {
        task(0x8101).set(item, Type::I32, Value::I32(2));
        task(0x8102).set(item, Type::F64, Value::F64(1.0));
    }
    task(0x811C).set(item, Type::BOOL, Value::Bool(done));
}
